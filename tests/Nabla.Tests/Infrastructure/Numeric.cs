using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>Tensors to numbers and back, and how they differ.</summary>
public static class Numeric
{
    /// <summary>A tensor of numbers in a type.</summary>
    public static Tensor Make(double[] numbers, Shape shape, DType type)
    {
        var wide = Tensor.From(numbers, shape);
        var x = Tensor.Empty(shape, type);
        x.Device.Copy(wide, x);
        return x;
    }

    /// <summary>A tensor's elements, row-major.</summary>
    public static double[] Numbers(this Tensor x)
    {
        var wide = Tensor.Empty(x.Shape, DType.Float64);
        x.Device.Copy(x, wide);
        return wide.ToArray<double>();
    }

    /// <summary>A fixed gradient to seed an output with; <c>evaluate.py</c> has the same.</summary>
    public static Tensor Cotangent(Tensor y, int output)
    {
        var numbers = new double[y.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (((i * 37L) + (output * 11)) % 41 - 19.5) / 16;
        }
        return Make(numbers, y.Shape, y.DType);
    }

    /// <summary>The first place where numbers differ from the expected ones, or null.</summary>
    /// <param name="actual">What was computed.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="tolerance">Relative to the larger of 1 and the expected number.</param>
    public static string? Difference(double[] actual, double[] expected, double tolerance)
    {
        if (actual.Length != expected.Length)
        {
            return $"{actual.Length} numbers instead of {expected.Length}";
        }
        for (var i = 0; i < actual.Length; i++)
        {
            double a = actual[i], e = expected[i];
            var same = double.IsFinite(e)
                ? Math.Abs(a - e) <= tolerance * Math.Max(1, Math.Abs(e))
                : a.Equals(e);
            if (!same)
            {
                return $"element {i} is {a:R} instead of {e:R} (tolerance {tolerance:g2})";
            }
        }
        return null;
    }
}
