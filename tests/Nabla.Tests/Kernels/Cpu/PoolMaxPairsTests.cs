using System.Runtime.Intrinsics.X86;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class PoolMaxPairsTests
{
    [Fact]
    public void OnlyPairsSideBySideSuit()
    {
        var w = PoolCases.Square(8, 12, 2, 2, 0, 1, false);
        Assert.Equal(Avx512F.IsSupported, PoolMaxPairs.Suits(w));
        Assert.Equal(Avx512F.IsSupported, PoolMaxPairs.Suits(w with { Height = 9, Width = 13 }));
        Assert.Equal(Avx512F.IsSupported, PoolMaxPairs.Suits(w with { KernelHeight = 3 }));
        Assert.Equal(Avx512F.IsSupported, PoolMaxPairs.Suits(w with { DilationHeight = 2 }));
        Assert.False(PoolMaxPairs.Suits(w with { Width = 13, CeilMode = true }));
        Assert.False(PoolMaxPairs.Suits(w with { Height = 9, CeilMode = true }));
        Assert.False(PoolMaxPairs.Suits(w with { KernelWidth = 3 }));
        Assert.False(PoolMaxPairs.Suits(w with { StrideWidth = 3 }));
        Assert.False(PoolMaxPairs.Suits(w with { DilationWidth = 2 }));
        Assert.False(PoolMaxPairs.Suits(w with { PadWidth = 1 }));
        Assert.False(PoolMaxPairs.Suits(w with { PadHeight = 1 }));
    }

    [Theory]
    [InlineData(8, 2, 2, 1)]
    [InlineData(7, 2, 2, 1)]
    [InlineData(10, 3, 2, 2)]
    [InlineData(5, 1, 1, 1)]
    public void RowsOfAnyLengthGiveTheFirstMaximumOrTheLastNaN(
        int height, int kernelHeight, int strideHeight, int dilationHeight)
    {
        for (var width = 2; width <= 70; width++)
        {
            var w = new PoolWindow(height, width)
            {
                KernelHeight = kernelHeight,
                KernelWidth = 2,
                StrideHeight = strideHeight,
                StrideWidth = 2,
                DilationHeight = dilationHeight,
            };
            if (PoolMaxPairs.Suits(w))
            {
                Check(w);
            }
        }
    }

    private static void Check(PoolWindow w)
    {
        // Few different numbers: many maxima are equal, some windows hold −∞ alone, or NaN.
        var x = KernelData.Numbers<float>(w.Height * w.Width).Select(v => v < -1.5f
            ? float.NegativeInfinity : v > 1.8f ? float.NaN : MathF.Round(v)).ToArray();
        var outSize = w.OutHeight * w.OutWidth;
        var (y, values) = (new float[outSize + 1], new float[outSize + 1]);
        var (places, index) = (new long[outSize + 1], new long[outSize + 1]);
        for (var i = 0; i < outSize; i++)
        {
            values[i] = float.NegativeInfinity;
            places[i] = -1;
            for (var tap = 0; tap < 2 * w.KernelHeight; tap++)
            {
                var r = (i / w.OutWidth * w.StrideHeight) + (tap / 2 * w.DilationHeight);
                var at = (r * w.Width) + (2 * (i % w.OutWidth)) + (tap % 2);
                if (places[i] < 0 || x[at] > values[i] || float.IsNaN(x[at]))
                {
                    (values[i], places[i]) = (x[at], at);
                }
            }
        }

        // One number more shows what is written outside.
        fixed (float* px = x, py = y)
        fixed (long* pi = index)
        {
            PoolMaxPairs.Run(px, py, pi, w);
            Assert.Equal(values, y);
            Assert.Equal(places, index);
            y.AsSpan().Clear();
            PoolMaxPairs.Run(px, py, null, w);
            Assert.Equal(values, y);
        }
    }
}
