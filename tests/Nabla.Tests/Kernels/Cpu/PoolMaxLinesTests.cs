using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class PoolMaxLinesTests
{
    /// <summary>Kernel, stride, padding and dilation of rows, then of columns, and ceil mode.
    /// </summary>
    public static TheoryData<int, int, int, int, int, int, int, int, bool> Geometries => new()
    {
        { 3, 1, 1, 1, 3, 1, 1, 1, false },
        { 3, 2, 1, 1, 3, 2, 1, 1, false },
        { 3, 2, 1, 1, 3, 2, 1, 1, true },
        { 2, 2, 0, 1, 2, 2, 0, 1, true },
        { 2, 1, 0, 1, 5, 1, 2, 1, false },
        { 5, 2, 2, 1, 4, 3, 2, 1, true },
        { 2, 3, 1, 1, 2, 3, 1, 1, true },
        { 3, 1, 1, 2, 3, 2, 1, 2, false },
        { 2, 2, 1, 3, 3, 3, 1, 2, true },
        { 2, 1, 0, 2, 3, 2, 1, 3, false },
        { 1, 1, 0, 1, 1, 1, 0, 1, false },
    };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void EveryRegisterWidthFindsTheFirstMaximumForEveryRowLength(
        int kernelHeight, int strideHeight, int padHeight, int dilationHeight,
        int kernelWidth, int strideWidth, int padWidth, int dilationWidth, bool ceilMode)
    {
        var shortest = ((kernelWidth - 1) * dilationWidth) + 1;
        for (var width = shortest; width <= 70; width += width < 40 ? 1 : 7)
        {
            var w = new PoolWindow(4 + (width % 15), width)
            {
                KernelHeight = kernelHeight,
                StrideHeight = strideHeight,
                PadHeight = padHeight,
                DilationHeight = dilationHeight,
                KernelWidth = kernelWidth,
                StrideWidth = strideWidth,
                PadWidth = padWidth,
                DilationWidth = dilationWidth,
                CeilMode = ceilMode,
            };

            // Few different numbers: many maxima are equal, some windows hold −∞ alone.
            var x = KernelData.Numbers<float>(w.Height * w.Width)
                .Select(v => v < -0.5f ? float.NegativeInfinity : MathF.Round(v)).ToArray();
            CheckAll(x, w);
        }
    }

    [Fact]
    public void LongRowsGoThroughOneAtATime()
    {
        var x = KernelData.Numbers<float>(5 * 9001);
        CheckAll(x, PoolCases.Square(5, 9001, 3, 2, 1, 1, true));
        CheckAll(x, PoolCases.Square(5, 9001, 3, 1, 1, 1, false));
    }

    [Fact]
    public void AllButPairsSideBySideSuit()
    {
        Assert.False(PoolMaxLines.Suit(PoolCases.Square(8, 8, 2, 2, 0, 1, false)));
        Assert.True(PoolMaxLines.Suit(PoolCases.Square(8, 8, 3, 2, 1, 1, false)));
        Assert.True(PoolMaxLines.Suit(PoolCases.Square(8, 8, 2, 1, 0, 1, false)));
        Assert.True(PoolMaxLines.Suit(PoolCases.Square(8, 8, 2, 3, 0, 1, false)));
    }

    [Fact]
    public void ANumberThatIsNoneIsReported()
    {
        var w = PoolCases.Square(7, 21, 2, 2, 0, 1, false);
        for (var i = 0; i < 6 * 20; i++)
        {
            var x = KernelData.Numbers<float>(7 * 21);
            x[(i / 20 * 21) + (i % 20)] = float.NaN;
            Assert.False(Run<F32x4>(x, w, out _, out _));
        }
    }

    private static void CheckAll(float[] x, PoolWindow w)
    {
        Check<F32x4>(x, w);
        if (Simd.Medium)
        {
            Check<F32x8>(x, w);
        }

        if (Simd.Wide)
        {
            Check<F32x16>(x, w);
        }
    }

    private static void Check<V>(float[] x, PoolWindow w) where V : unmanaged, IF32Lanes<V>
    {
        Assert.True(Run<V>(x, w, out var y, out var index));
        Assert.Equal((float.NaN, float.NaN), (y[0], y[^1]));
        Assert.Equal((-7, -7), (index[0], index[^1]));
        for (var i = 0; i < w.OutHeight * w.OutWidth; i++)
        {
            var (best, place) = Expected(x, w, i / w.OutWidth, i % w.OutWidth);
            Assert.Equal(best, y[i + 1]);
            Assert.Equal(place, index[i + 1]);
        }
    }

    private static (float Best, int Place) Expected(float[] x, PoolWindow w, int row, int column)
    {
        var (best, place) = (float.NegativeInfinity, -1);
        for (var tap = 0; tap < w.KernelHeight * w.KernelWidth; tap++)
        {
            var r = (row * w.StrideHeight) - w.PadHeight
                + (tap / w.KernelWidth * w.DilationHeight);
            var c = (column * w.StrideWidth) - w.PadWidth
                + (tap % w.KernelWidth * w.DilationWidth);
            var isInside = r >= 0 && r < w.Height && c >= 0 && c < w.Width;
            var at = (r * w.Width) + c;
            if (isInside && (place < 0 || x[at] > best))
            {
                (best, place) = (x[at], at);
            }
        }

        return (best, place);
    }

    // One number more on each side shows what is written outside.
    private static bool Run<V>(float[] x, PoolWindow w, out float[] y, out long[] index)
        where V : unmanaged, IF32Lanes<V>
    {
        var size = w.OutHeight * w.OutWidth;
        y = new float[size + 2];
        var alone = new float[size + 2];
        index = new long[size + 2];
        y.AsSpan().Fill(float.NaN);
        alone.AsSpan().Fill(float.NaN);
        index.AsSpan().Fill(-7);
        using var scratch = Scratch.Rent(PoolMaxLines<V>.Bytes(w));
        var lines = new PoolMaxLines<V>(w, scratch.Pointer);
        fixed (float* px = x, py = y, pa = alone)
        fixed (long* pi = index)
        {
            var isNumber = lines.Run(px, pa + 1, null);
            Assert.Equal(isNumber, lines.Run(px, py + 1, pi + 1));
            Assert.True(!isNumber || y.AsSpan().SequenceEqual(alone));
            return isNumber;
        }
    }
}
