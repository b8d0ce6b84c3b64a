namespace Nabla.Tensors;

/// <summary>What a scaled dot-product attention computes beside its operands.</summary>
/// <param name="Scale">The factor of q·kᵀ.</param>
/// <param name="IsCausal">Query i sees the keys 0 … i only.</param>
/// <param name="Dropout">The probability of dropping a weight.</param>
/// <param name="TokensFirst">Operands and output are (N, tokens, heads, D), not (N, heads, tokens,
/// D).</param>
/// <param name="IsPacked">q, k and v are one tensor (N, tokens, 3, heads, D), given three times.
/// </param>
public readonly record struct AttentionSettings(
    double Scale, bool IsCausal, double Dropout, bool TokensFirst,
    bool IsPacked = false);
