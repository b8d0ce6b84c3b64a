using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class CrossEntropyRowTests
{
    [Fact]
    public void BelowSumsWeightedDistancesOfAnyLength()
    {
        for (var n = 1; n < 40; n++)
        {
            var x = KernelData.Numbers<float>(n);
            var weight = KernelData.Numbers<float>(n, seed: 2);
            fixed (float* px = x, pw = weight)
            {
                Assert.Equal(
                    x.Sum(v => 5.0 - v),
                    CrossEntropyRow<F32x4>.Below((byte*)px, null, n, 5), 1e-4);
                Assert.Equal(
                    x.Zip(weight, (v, w) => (5.0 - v) * w).Sum(),
                    CrossEntropyRow<F32x4>.Below((byte*)px, (byte*)pw, n, 5), 1e-4);
            }
        }
    }

    [Fact]
    public void ClearTouchesNothingBehindTheRow()
    {
        float[] x = [1, 2, 3];
        fixed (float* p = x)
        {
            CrossEntropyRow<F32x4>.Clear((byte*)p, 2);
        }

        Assert.Equal([0, 0, 3], x);
    }
}
