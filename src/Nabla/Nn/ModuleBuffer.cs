using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A tensor that belongs to a module's state and is not learned, e.g. running statistics. Modules
/// change it with <c>Assign</c>.
/// </summary>
public sealed class ModuleBuffer : Tensor
{
    /// <summary>Makes a tensor a buffer; the elements are shared, not copied.</summary>
    /// <param name="value">Its elements; a view of others is copied.</param>
    /// <param name="persistent">Whether it is part of the state dict.</param>
    public ModuleBuffer(Tensor value, bool persistent = true) : base(Parameter.Real(value)) =>
        IsPersistent = persistent;

    /// <summary>Whether it is part of the state dict.</summary>
    public bool IsPersistent { get; }

    /// <summary>Whether a state dict may lack it, e.g. one of an older version.</summary>
    public bool IsOptional { get; init; }
}
