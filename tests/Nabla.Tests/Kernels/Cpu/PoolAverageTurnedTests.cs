using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class PoolAverageTurnedTests
{
    [Fact]
    public void ManySmallPlanesSuit()
    {
        Assert.True(PoolAverageTurned.Suits(8, 4096, 49));
        Assert.False(PoolAverageTurned.Suits(7, 4096, 49));
        Assert.False(PoolAverageTurned.Suits(8, 4097, 49));
        Assert.False(PoolAverageTurned.Suits(8, 49, 4097));
        Assert.False(PoolAverageTurned.Suits(8, 0, 0));
        Assert.False(PoolAverageTurned.Suits(8, 4, 0));
    }

    // Windows that overlap, leave cells out, repeat cells, or are one row or column.
    [Theory]
    [InlineData(1, 5, 5, 3, 2)]
    [InlineData(16, 20, 20, 7, 7)]
    [InlineData(37, 13, 11, 6, 4)]
    [InlineData(300, 14, 14, 7, 7)]
    [InlineData(19, 3, 4, 5, 7)]
    [InlineData(9, 1, 9, 1, 4)]
    [InlineData(9, 9, 1, 4, 1)]
    public void AdaptiveAveragesAndGradientsMatchTheirDefinition(
        int planes, int height, int width, int outHeight, int outWidth)
    {
        fixed (int* r = new int[PoolRanges.Room(height, outHeight)])
        fixed (int* c = new int[PoolRanges.Room(width, outWidth)])
        {
            var rows = PoolRanges.Adaptive(r, height, outHeight);
            var columns = PoolRanges.Adaptive(c, width, outWidth);
            Check(planes, rows, columns, 0);
            Check(planes, rows, columns, 5);
        }
    }

    /// <summary>More cells than an int can count: 2³², nearly all padding.</summary>
    [Fact]
    public void WindowsOfManyCellsAreDividedByAllOfThem()
    {
        var y = Tensor.Ones(8, 1, 1, 1).AvgPool2d(65536, 2, 32768);
        Assert.All(y.ToArray<float>(), v => Assert.Equal(float.ScaleB(1, -32), v));
    }

    [Theory]
    [InlineData(33, 17, 5, 3, 0, false)]
    [InlineData(40, 17, 3, 2, 1, true)]
    [InlineData(17, 9, 2, 3, 1, true)]
    [InlineData(16, 8, 3, 1, 1, false)]
    public void WindowsWithPaddingAndGapsMatchTheirDefinition(
        int planes, int size, int kernel, int stride, int pad, bool ceilMode)
    {
        var w = PoolCases.Square(size, size, kernel, stride, pad, 1, ceilMode);
        foreach (var countPad in new[] { true, false })
        {
            fixed (int* r = new int[PoolRanges.Room(size, w.OutHeight)])
            fixed (int* c = new int[PoolRanges.Room(size, w.OutWidth)])
            {
                Check(planes, PoolRanges.Rows(r, w, countPad),
                    PoolRanges.Columns(c, w, countPad), 0);
            }
        }
    }

    [Fact]
    public void EveryRegisterWidthGivesTheSameBits()
    {
        fixed (int* r = new int[PoolRanges.Room(13, 6)])
        {
            var ranges = PoolRanges.Adaptive(r, 13, 6);
            var (x, gy) = (KernelData.Numbers<float>(13 * 13 * 16),
                KernelData.Numbers<float>(6 * 6 * 16, seed: 3));
            Assert.Equal(Side<F32x4>(x, gy, ranges), Side<F32x8>(x, gy, ranges));
            if (Simd.Wide)
            {
                Assert.Equal(Side<F32x4>(x, gy, ranges), Side<F32x16>(x, gy, ranges));
            }
        }
    }

    private static float[] Side<V>(float[] x, float[] gy, PoolRanges ranges)
        where V : unmanaged, IF32Lanes<V>
    {
        var (y, gx, shares) = (new float[gy.Length], new float[x.Length], gy.ToArray());
        fixed (float* px = x, py = y, pgx = gx, pgy = shares)
        {
            PoolAverageTurned.Average<V>(px, py, ranges, ranges, 0);
            PoolAverageTurned.Spread<V>(pgx, pgy, ranges, ranges, 0);
        }

        return [.. y, .. gx];
    }

    private static void Check(int planes, PoolRanges rows, PoolRanges columns, int divisor)
    {
        var (size, outSize) = (rows.Size * columns.Size, rows.Count * columns.Count);
        var x = KernelData.Numbers<float>(planes * size);
        var gy = KernelData.Numbers<float>(planes * outSize, seed: 4);
        var (y, gx) = (new double[gy.Length], new double[x.Length]);
        for (var to = 0; to < y.Length; to++)
        {
            var (r, c) = (to % outSize / columns.Count, to % columns.Count);
            var by = divisor > 0 ? divisor : rows.Cells(r) * columns.Cells(c);
            for (var i = rows.Window(r).Start; i < rows.Window(r).End; i++)
            {
                for (var j = columns.Window(c).Start; j < columns.Window(c).End; j++)
                {
                    var from = (to / outSize * size) + (i * columns.Size) + j;
                    y[to] += (double)x[from] / by;
                    gx[from] += (double)gy[to] / by;
                }
            }
        }

        KernelData.Close<float>(y, KernelData.OnAnyThreads(() =>
        {
            var result = new float[y.Length];
            fixed (float* px = x, py = result)
            {
                PoolAverageTurned.Forward(px, py, planes, rows, columns, divisor);
            }

            return result;
        }), 1e-6);
        KernelData.Close<float>(gx, KernelData.OnAnyThreads(() =>
        {
            var result = KernelData.Numbers<float>(x.Length, seed: 9);
            fixed (float* pg = gy, px = result)
            {
                PoolAverageTurned.Backward(pg, px, planes, rows, columns, divisor);
            }

            return result;
        }), 1e-6);
    }
}
