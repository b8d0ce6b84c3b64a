namespace Nabla.Tensors;

/// <summary>What a cross-entropy does besides the plain loss.</summary>
/// <param name="IgnoreIndex">The target that counts for nothing.</param>
/// <param name="Smoothing">Label smoothing ε in [0, 1]: the share of the target that is spread over
/// all classes.</param>
/// <param name="IsReduced">Whether the losses are folded into one number.</param>
/// <param name="IsMean">Whether that is their weighted mean, not their sum.</param>
public readonly record struct CrossEntropySettings(
    long IgnoreIndex, double Smoothing, bool IsReduced, bool IsMean);
