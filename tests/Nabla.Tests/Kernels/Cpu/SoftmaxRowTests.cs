using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class SoftmaxRowTests
{
    [Fact]
    public void TheMaximumIsFoundWhereverItLies()
    {
        for (var n = 1; n < 70; n++)
        {
            for (var at = 0; at < n; at++)
            {
                var x = new float[n];
                Array.Fill(x, -5f);
                x[at] = -3;
                Assert.Equal(-3, Max(x));
                x[at] = float.NaN;
                Assert.True(double.IsNaN(Max(x)));
            }
        }
    }

    [Fact]
    public void TheSumOfEqualNumbersIsTheirCount()
    {
        for (var n = 1; n < 70; n++)
        {
            var x = new float[n];
            Array.Fill(x, 100f);
            fixed (float* p = x)
            {
                var (max, logSum) = SoftmaxRow<F32x4>.LogSumExp((byte*)p, n);
                Assert.Equal(100, max);
                Assert.Equal(Math.Log(n), logSum, 1e-6);
            }
        }
    }

    private static double Max(float[] x)
    {
        fixed (float* p = x)
        {
            var narrow = SoftmaxRow<F32x4>.Max((byte*)p, x.Length);
            if (Simd.Wide)
            {
                Assert.Equal(narrow, SoftmaxRow<F32x16>.Max((byte*)p, x.Length));
            }

            return narrow;
        }
    }
}
