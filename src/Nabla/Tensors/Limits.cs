namespace Nabla.Tensors;

/// <summary>An elementwise min(max(x, Min), Max) that lets NaN through.</summary>
/// <param name="Min">The least number that passes.</param>
/// <param name="Max">The greatest number that passes.</param>
public readonly record struct Limits(float Min, float Max)
{
    /// <summary>Everything passes.</summary>
    public static Limits None { get; } = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>max(x, 0).</summary>
    public static Limits Relu { get; } = new(0, float.PositiveInfinity);

    /// <summary>These limits, and others on what passes them.</summary>
    public Limits Then(Limits other) => new(
        Math.Min(other.Max, Math.Max(other.Min, Min)),
        Math.Min(other.Max, Math.Max(other.Min, Max)));
}
