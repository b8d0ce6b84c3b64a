using System.Runtime.InteropServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>
/// Random operands of one convolution, the float32 kernels' results for them, and the same by the
/// definition's loops in float64.
/// </summary>
internal sealed unsafe class Conv2dCase
{
    public Conv2dCase(Conv2dShape shape, int seed = 1)
    {
        Shape = shape;
        var random = new Random(seed);
        X = Draw(shape.N * shape.C * shape.H * shape.W);
        W = Draw((int)shape.WeightCount);
        Bias = Draw(shape.K);
        Gy = Draw(shape.N * shape.K * shape.OutH * shape.OutW);
        InputBias = Draw(shape.C);

        float[] Draw(int count)
        {
            var numbers = new float[count];
            foreach (ref var number in numbers.AsSpan())
            {
                number = (random.NextSingle() * 2) - 1;
            }

            return numbers;
        }
    }

    public Conv2dShape Shape { get; }

    public float[] X { get; }

    public float[] W { get; }

    public float[] Bias { get; }

    public float[] Gy { get; }

    /// <summary>The bias of the transposed convolution, whose output is like X.</summary>
    public float[] InputBias { get; }

    public float[] Forward(bool hasBias = true)
    {
        var y = Dirty(Gy.Length);
        fixed (float* x = X, w = W, bias = Bias, to = y)
        {
            Conv2dKernels.Forward(x, w, hasBias ? bias : null, to, Shape);
        }

        return y;
    }

    public float[] BackwardData()
    {
        var gx = Dirty(X.Length);
        fixed (float* gy = Gy, w = W, to = gx)
        {
            Conv2dKernels.BackwardData(gy, w, to, Shape);
        }

        return gx;
    }

    public float[] Transposed()
    {
        var y = Dirty(X.Length);
        fixed (float* x = Gy, w = W, bias = InputBias, to = y)
        {
            Conv2dKernels.Transposed(x, w, bias, to, Shape);
        }

        return y;
    }

    /// <summary>Gx with the bias of the transposed convolution.</summary>
    public double[] WithInputBias(double[] gx) =>
        [.. gx.Select((g, i) => g + InputBias[i / (Shape.H * Shape.W) % Shape.C])];

    public float[] BackwardWeights()
    {
        var gw = Dirty(W.Length);
        fixed (float* x = X, gy = Gy, to = gw)
        {
            Conv2dKernels.BackwardWeights(x, gy, to, Shape);
        }

        return gw;
    }

    public float[] BackwardBias()
    {
        var gb = Dirty(Shape.K);
        fixed (float* gy = Gy, to = gb)
        {
            Conv2dKernels.BackwardBias(gy, to, Shape);
        }

        return gb;
    }

    /// <summary>The definition: y, gx, gw and gb from one walk over all products.</summary>
    public (double[] Y, double[] Gx, double[] Gw, double[] Gb) Reference(bool hasBias = true)
    {
        var s = Shape;
        var (outH, outW, perC, perK) = (s.OutH, s.OutW, s.C / s.Groups, s.K / s.Groups);
        var y = new double[Gy.Length];
        var (gx, gw, gb) = (new double[X.Length], new double[W.Length], new double[s.K]);
        for (var n = 0; n < s.N; n++)
        {
            for (var k = 0; k < s.K; k++)
            {
                for (var p = 0; p < outH * outW; p++)
                {
                    var at = (((n * s.K) + k) * outH * outW) + p;
                    y[at] = hasBias ? Bias[k] : 0;
                    gb[k] += Gy[at];
                    for (var t = 0; t < perC * s.R * s.S; t++)
                    {
                        var c = (k / perK * perC) + (t / (s.R * s.S));
                        var h = (p / outW * s.StrideH) - s.PadH + (t / s.S % s.R * s.DilationH);
                        var w = (p % outW * s.StrideW) - s.PadW + (t % s.S * s.DilationW);
                        if (h >= 0 && h < s.H && w >= 0 && w < s.W)
                        {
                            var from = (((((n * s.C) + c) * s.H) + h) * s.W) + w;
                            var weight = (k * perC * s.R * s.S) + t;
                            y[at] += (double)W[weight] * X[from];
                            gx[from] += (double)W[weight] * Gy[at];
                            gw[weight] += (double)X[from] * Gy[at];
                        }
                    }
                }
            }
        }

        return (y, gx, gw, gb);
    }

    /// <summary>Fails unless the L2 distance is below float32's rounding of long sums.</summary>
    public static void AssertClose(double[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (difference, size) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow(expected[i] - actual[i], 2);
            size += Math.Pow(expected[i], 2);
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-4 * (1 + Math.Abs(expected[i])),
                $"{what}[{i}] is {actual[i]} instead of {expected[i]}");
        }

        Assert.True(
            Math.Sqrt(difference) <= 2e-6 * Math.Sqrt(size) + 1e-12,
            $"{what}: relative L2 error {Math.Sqrt(difference / size):e2}");
    }

    /// <summary>Memory full of NaN: what a kernel leaves unwritten shows.</summary>
    private static float[] Dirty(int count)
    {
        var numbers = new float[count];
        numbers.AsSpan().Fill(float.NaN);
        return numbers;
    }

    public static double Dot(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    public static ReadOnlySpan<byte> Bits(float[] numbers) =>
        MemoryMarshal.AsBytes(numbers.AsSpan());
}
