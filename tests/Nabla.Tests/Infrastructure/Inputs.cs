using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>
/// The deterministic arguments of op cases. Numbers are odd multiples of 1/2048: exact in float32,
/// and never on a whole or half number, where floor, round, relu and their kin have a kink.
/// </summary>
public static class Inputs
{
    /// <summary>Roughly standard normal numbers in (−3, 3).</summary>
    public static Input Normal(params ReadOnlySpan<long> shape) =>
        new(new Shape(shape), "normal", -3, 3, (low, high, random) =>
            low + ((high - low) * (random() + random() + random()) / 3));

    /// <summary>Numbers in (low, high).</summary>
    public static Input Uniform(double low, double high, params ReadOnlySpan<long> shape) =>
        new(new Shape(shape), "uniform", low, high,
            (low, high, random) => low + ((high - low) * random()));

    /// <summary>Numbers in (low, high) of which no two are equal, shuffled.</summary>
    public static Input Distinct(double low, double high, params ReadOnlySpan<long> shape) =>
        new(new Shape(shape), "distinct", low, high, null);

    /// <summary>Whole numbers in [low, high), as int64 whatever type the case runs in.</summary>
    public static Input Integers(long low, long high, params ReadOnlySpan<long> shape) =>
        new(new Shape(shape), "integers", low, high,
            (low, high, random) => Math.Floor(low + ((high - low) * random())))
        {
            DType = DType.Int64,
        };

    /// <summary>Truth values, as bool whatever type the case runs in.</summary>
    public static Input Bools(params ReadOnlySpan<long> shape) =>
        Integers(0, 2, shape) with { DType = DType.Bool };

    /// <summary>Given numbers.</summary>
    public static Input Values(Shape shape, params double[] values) =>
        new(shape, "values", 0, 0, null) { Given = values };

    /// <summary>Given numbers as a vector.</summary>
    public static Input Values(params double[] values) =>
        Values(new Shape(values.Length), values);
}
