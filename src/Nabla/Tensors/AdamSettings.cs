namespace Nabla.Tensors;

/// <summary>The constants of a step of Adam.</summary>
/// <param name="Beta1">How long the first moment remembers.</param>
/// <param name="Beta2">How long the second moment remembers.</param>
/// <param name="Epsilon">Added to the second moment's root.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="IsDecoupled">The decay shrinks the parameter and is no part of the gradient.
/// </param>
public readonly record struct AdamSettings(
    double Beta1, double Beta2, double Epsilon, double WeightDecay, bool IsDecoupled);
