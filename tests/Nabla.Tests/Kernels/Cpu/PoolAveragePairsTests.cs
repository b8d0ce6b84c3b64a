using System.Runtime.Intrinsics.X86;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class PoolAveragePairsTests
{
    [Fact]
    public void OnlyPairsSideBySideSuit()
    {
        var w = PoolCases.Square(8, 12, 2, 2, 0, 1, false);
        Assert.True(PoolAveragePairs.Suits(w));
        Assert.True(PoolAveragePairs.Suits(w with { Height = 9, Width = 13 }));
        Assert.True(PoolAveragePairs.Suits(w with { KernelHeight = 3, StrideHeight = 4 }));
        Assert.False(PoolAveragePairs.Suits(w with { Width = 13, CeilMode = true }));
        Assert.False(PoolAveragePairs.Suits(w with { Height = 9, CeilMode = true }));
        Assert.False(PoolAveragePairs.Suits(w with { KernelHeight = 3 }));
        Assert.False(PoolAveragePairs.Suits(w with { KernelWidth = 3 }));
        Assert.False(PoolAveragePairs.Suits(w with { StrideWidth = 3 }));
        Assert.False(PoolAveragePairs.Suits(w with { PadWidth = 1 }));
        Assert.False(PoolAveragePairs.Suits(w with { PadHeight = 1 }));
        Assert.False(PoolAveragePairs.Suits(w with { Height = 1 }));
    }

    [Theory]
    [InlineData(8, 2, 2, 4)]
    [InlineData(7, 2, 2, 3)]
    [InlineData(10, 3, 4, 6)]
    [InlineData(5, 1, 1, 2)]
    public void EveryRegisterWidthComputesTheDefinitionForEveryRowLength(
        int height, int kernelHeight, int strideHeight, int divisor)
    {
        for (var width = 2; width <= 70; width++)
        {
            var w = new PoolWindow(height, width)
            {
                KernelHeight = kernelHeight,
                KernelWidth = 2,
                StrideHeight = strideHeight,
                StrideWidth = 2,
            };
            if (w.OutWidth >= PairLanes4.Count)
            {
                Check<PairLanes4>(w, divisor);
            }

            if (w.OutWidth >= PairLanes8.Count)
            {
                Check<PairLanes8>(w, divisor);
            }

            if (Avx512F.IsSupported)
            {
                Check<PairLanes16>(w, divisor);
            }
        }
    }

    [Fact]
    public void NaNStaysInItsWindow()
    {
        var w = PoolCases.Square(2, 18, 2, 2, 0, 1, false);
        var (x, y) = (new float[36], new float[9]);
        x[23] = float.NaN;
        fixed (float* px = x, py = y)
        {
            PoolAveragePairs.Forward(px, py, w, 4);
            Assert.Equal([0, 0, float.NaN, 0, 0, 0, 0, 0, 0], y);
            PoolAveragePairs.Backward(px, py, w, 4);
        }

        Assert.Equal([4, 5, 22, 23], Enumerable.Range(0, 36).Where(i => float.IsNaN(x[i])));
    }

    private static void Check<V>(PoolWindow w, int divisor) where V : unmanaged, IPairLanes<V>
    {
        // One number more on each side shows what is written outside.
        var (size, outSize) = (w.Height * w.Width, w.OutHeight * w.OutWidth);
        var (x, gy) = (KernelData.Numbers<float>(size), KernelData.Numbers<float>(outSize, 3));
        var (y, gx) = (new float[outSize + 2], new float[size + 2]);
        y.AsSpan().Fill(float.NaN);
        gx.AsSpan().Fill(float.NaN);
        fixed (float* px = x, pgy = gy, py = y, pgx = gx)
        {
            PoolAveragePairs.Forward<V>(px, py + 1, w, divisor);
            PoolAveragePairs.Backward<V>(pgx + 1, pgy, w, divisor);
        }

        var expected = new double[outSize + 2];
        var expectedGradient = new double[size + 2];
        (expected[0], expected[^1]) = (double.NaN, double.NaN);
        (expectedGradient[0], expectedGradient[^1]) = (double.NaN, double.NaN);
        for (var i = 0; i < outSize * w.KernelHeight * 2; i++)
        {
            var (to, tap) = (i / (w.KernelHeight * 2), i % (w.KernelHeight * 2));
            var row = (to / w.OutWidth * w.StrideHeight) + (tap / 2);
            var from = (row * w.Width) + (to % w.OutWidth * 2) + (tap % 2);
            expected[to + 1] += (double)x[from] / divisor;
            expectedGradient[from + 1] += (double)gy[to] / divisor;
        }

        KernelData.Close<float>(expected, y, 1e-6);
        KernelData.Close<float>(expectedGradient, gx, 1e-6);
    }
}
