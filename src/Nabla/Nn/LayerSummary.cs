using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>One call of a layer in a <see cref="ModuleSummary"/>.</summary>
/// <param name="Name">Its dotted name; "" for the network itself.</param>
/// <param name="Type">Its class, without type arguments.</param>
/// <param name="Output">The shape of what it gives.</param>
/// <param name="Parameters">Elements of its own parameters; 0 when it is called again.</param>
/// <param name="MultiplyAdds">Of this call.</param>
/// <param name="ReceptiveField">Of an output pixel in the network's input; null where the output is
/// no image, or comes from ops outside of layers that move pixels.</param>
/// <param name="ActivationBytes">Of its output; 0 when that is a view of its input.</param>
public sealed record LayerSummary(string Name, string Type, Shape Output, long Parameters,
    long MultiplyAdds, ReceptiveField? ReceptiveField, long ActivationBytes);
