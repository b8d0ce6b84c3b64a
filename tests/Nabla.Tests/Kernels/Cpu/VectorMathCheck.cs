using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Measures float32 functions against float64 in units of the last place.</summary>
internal static unsafe class VectorMathCheck
{
    private const int Samples = 1 << 20;
    private const double Overflow = 3.4028236692093846e38;

    private static readonly float[] s_special =
    [
        0, -0f, 1, -1, 2, -2, 0.5f, -0.5f, 3, -3, float.NaN, float.PositiveInfinity,
        float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon,
        1.1754944e-38f, -1.1754944e-38f, 1e-40f, -1e-40f, 1e-7f, -1e-7f, 0.99999994f, 1.0000001f,
        -0.99999994f, -1.0000001f, 0.921875f, 3.92f, 4, 9.01f, 16.6f, 17.4f, 18, 87.3f, 88.37f,
        88.7228317f, 88.7228394f, 89, -87.33655f, -88, -100, -103.2f, -103.972f, -103.98f, -104,
        -110, 1e5f, -1e5f, 100001, 1e30f, -1e30f, 16777216, 8388607.5f, 33554432,
        0.6666667f, 1.3333334f, 1.3333333f, 1.4142135f, 0.70710677f, 3.1415927f, 1.5707964f,
    ];

    /// <summary>Every bit pattern's upper part with noise below: all magnitudes.</summary>
    public static float[] AllMagnitudes()
    {
        var random = new Random(5);
        var values = new float[Samples + s_special.Length];
        for (var i = 0; i < Samples; i++)
        {
            values[i] = BitConverter.Int32BitsToSingle((i << 12) | random.Next(1 << 12));
        }

        s_special.CopyTo(values, Samples);
        return values;
    }

    public static float[] Between(double low, double high)
    {
        var random = new Random(6);
        return [.. Enumerable.Range(0, Samples).Select(
            _ => (float)(low + (random.NextDouble() * (high - low))))];
    }

    /// <summary>All pairs of the special values.</summary>
    public static (float[] X, float[] Y) Pairs() => (
        [.. s_special.SelectMany(x => s_special.Select(_ => x))],
        [.. s_special.SelectMany(_ => s_special)]);

    /// <summary>Fails when f strays from the exact function by more than a bound.</summary>
    public static void Within<TFn>(double bound, Func<double, double> exact, float[] x)
        where TFn : struct, IUnaryFn
    {
        var y = new float[x.Length];
        fixed (float* px = x, py = y)
        {
            Elementwise.UnaryTile<TFn>(DType.Float32)(px, py, x.Length);
        }

        Compare(bound, y, i => exact(x[i]), i => $"{x[i]:R}");
        foreach (var narrow in Narrow<TFn>(x))
        {
            Assert.Equal(Bits(y), Bits(narrow));
        }
    }

    /// <summary>Fails when f strays from the exact function by more than a bound.</summary>
    public static void Within<TFn>(
        double bound, Func<double, double, double> exact, float[] x, float[] y)
        where TFn : struct, IBinaryFn
    {
        var z = new float[x.Length];
        var w = new float[x.Length];
        fixed (float* px = x, py = y, pz = z, pw = w)
        {
            Elementwise.BinaryTile<TFn>(DType.Float32)(px, py, pz, x.Length);
            TileKernels.Binary<TFn, F32x4>(px, py, pw, x.Length);
        }

        Compare(bound, z, i => exact(x[i], y[i]), i => $"({x[i]:R}, {y[i]:R})");
        Assert.Equal(Bits(z), Bits(w));
    }

    private static IEnumerable<float[]> Narrow<TFn>(float[] x) where TFn : struct, IUnaryFn
    {
        var results = new List<float[]>();
        var y = new float[x.Length];
        fixed (float* px = x, py = y)
        {
            TileKernels.Unary<TFn, F32x4>(px, py, x.Length);
            results.Add((float[])y.Clone());
            if (Simd.Medium)
            {
                TileKernels.Unary<TFn, F32x8>(px, py, x.Length);
                results.Add(y);
            }
        }

        return results;
    }

    private static int[] Bits(float[] values) => [.. values.Select(
        v => float.IsNaN(v) ? int.MaxValue : BitConverter.SingleToInt32Bits(v))];

    private static void Compare(
        double bound, float[] got, Func<int, double> exact, Func<int, string> where)
    {
        double worst = 0;
        var at = 0;
        for (var i = 0; i < got.Length; i++)
        {
            var error = Error(got[i], exact(i));
            if (!(error <= worst))
            {
                (worst, at) = (error, i);
            }
        }

        Assert.True(worst <= bound,
            $"{worst:F3} ulp at {where(at)}: got {got[at]:R}, exact {exact(at):R}");
    }

    /// <summary>|got − exact| over float32's spacing there; ∞ for a wrong special value.</summary>
    private static double Error(float got, double exact)
    {
        var rounded = (float)exact;
        if (float.IsNaN(rounded) || float.IsNaN(got))
        {
            return float.IsNaN(rounded) == float.IsNaN(got) ? 0 : double.PositiveInfinity;
        }

        if (got == 0 && rounded == 0)
        {
            return exact == 0 && float.IsNegative(got) != double.IsNegative(exact)
                ? double.PositiveInfinity : 0;
        }

        // An overflow is an error like any other: one step beyond the largest number.
        var (a, b) = (Finite(got), Math.Clamp(exact, -Overflow, Overflow));
        var size = Math.Clamp(Math.Abs(b), 1.1754943508222875e-38, 3.4028234e38);
        return Math.Abs(a - b) / Math.Pow(2, Math.Floor(Math.Log2(size)) - 23);
    }

    private static double Finite(float value) =>
        float.IsInfinity(value) ? Math.CopySign(Overflow, value) : value;
}
