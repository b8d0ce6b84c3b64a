using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>One argument of an op case; see <see cref="Inputs"/>.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Kind">How its numbers are distributed.</param>
/// <param name="Low">Their lower bound.</param>
/// <param name="High">Their upper bound.</param>
/// <param name="Draw">Makes one from the bounds and a source of uniform numbers.</param>
public sealed record Input(
    Shape Shape, string Kind, double Low, double High,
    Func<double, double, Func<double>, double>? Draw)
{
    /// <summary>Its type where it doesn't follow the type that the case runs in.</summary>
    public DType? DType { get; init; }

    /// <summary>Whether gradients with respect to it are checked, if it is floating
    /// point.</summary>
    public bool HasGradient { get; init; } = true;

    /// <summary>Numbers given one by one.</summary>
    public double[]? Given { get; init; }

    /// <summary>The same argument, of which no gradient is asked.</summary>
    public Input Constant() => this with { HasGradient = false };

    /// <summary>Its type when the case runs in a type.</summary>
    public DType TypeIn(DType run) => DType ?? run;

    /// <summary>Its numbers.</summary>
    /// <param name="index">Which argument it is: each has other numbers.</param>
    /// <param name="run">The type that the case runs in.</param>
    public double[] Numbers(int index, DType run)
    {
        var numbers = Given?.ToArray() ?? Generate((ulong)(index + 1) * 0x9E3779B97F4A7C15);
        var type = TypeIn(run);
        if (type.IsFloat || DType is not null)
        {
            return numbers;
        }
        // The same domain in whole numbers: four times as wide, and without zero if it had none.
        for (var i = 0; i < numbers.Length; i++)
        {
            var whole = Math.Round(Given is null ? numbers[i] * 4 : numbers[i]);
            whole = Low > 0 ? Math.Max(1, whole) : whole;
            numbers[i] = type is Nabla.DType.UInt8 ? Math.Abs(whole)
                : type is Nabla.DType.Bool ? (whole > 0 ? 1 : 0)
                : whole;
        }
        return numbers;
    }

    private double[] Generate(ulong seed)
    {
        double Random()
        {
            // SplitMix64.
            seed += 0x9E3779B97F4A7C15;
            var z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }

        var numbers = new double[Shape.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Draw is null
                ? Low + ((High - Low) * (i + 0.5) / numbers.Length)
                : Draw(Low, High, Random);
            numbers[i] = DType is null ? OffGrid(numbers[i]) : numbers[i];
        }
        for (var i = numbers.Length - 1; Draw is null && i > 0; i--)
        {
            var j = (int)(Random() * (i + 1));
            (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
        }
        return numbers;
    }

    private static double OffGrid(double x) => (Math.Floor(x * 1024) + 0.5) / 1024;
}
