using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class PoolRangesTests
{
    [Theory]
    [InlineData(20, 7)]
    [InlineData(13, 6)]
    [InlineData(7, 7)]
    [InlineData(3, 5)]
    [InlineData(9, 1)]
    public void AdaptiveWindowsAreFloorToCeiling(int size, int count)
    {
        fixed (int* memory = new int[PoolRanges.Room(size, count)])
        {
            var ranges = PoolRanges.Adaptive(memory, size, count);
            for (var i = 0; i < count; i++)
            {
                var start = (int)Math.Floor((double)i * size / count);
                var end = (int)Math.Ceiling((i + 1.0) * size / count);
                Assert.Equal((start, end), ranges.Window(i));
                Assert.Equal(end - start, ranges.Cells(i));
            }

            CellsKnowTheirWindows(ranges);
        }
    }

    [Theory]
    [MemberData(nameof(PoolCases.All), MemberType = typeof(PoolCases))]
    public void WindowsOfAGeometryAreItsExtents(
        int planes, int height, int width, int kernel, int stride, int pad, int dilation,
        bool ceilMode)
    {
        _ = (planes, dilation);
        var w = PoolCases.Square(height, width, kernel, stride, pad, 1, ceilMode);
        foreach (var countPad in new[] { true, false })
        {
            fixed (int* memory = new int[PoolRanges.Room(height, w.OutHeight)])
            {
                var rows = PoolRanges.Rows(memory, w, countPad);
                Assert.Equal(w.OutHeight, rows.Count);
                for (var i = 0; i < rows.Count; i++)
                {
                    Same(PoolExtent.Rows(w, i, countPad), rows, i);
                }

                CellsKnowTheirWindows(rows);
            }

            fixed (int* memory = new int[PoolRanges.Room(width, w.OutWidth)])
            {
                var columns = PoolRanges.Columns(memory, w, countPad);
                Assert.Equal(w.OutWidth, columns.Count);
                for (var i = 0; i < columns.Count; i++)
                {
                    Same(PoolExtent.Columns(w, i, countPad), columns, i);
                }

                CellsKnowTheirWindows(columns);
            }
        }
    }

    private static void Same(PoolExtent extent, PoolRanges ranges, int i)
    {
        Assert.Equal((extent.Start, extent.End), ranges.Window(i));
        Assert.Equal(extent.Cells, ranges.Cells(i));
    }

    private static void CellsKnowTheirWindows(PoolRanges ranges)
    {
        for (var cell = 0; cell < ranges.Size; cell++)
        {
            var (from, to) = ranges.WindowsOf(cell);
            for (var i = 0; i < ranges.Count; i++)
            {
                var (start, end) = ranges.Window(i);
                Assert.Equal(start <= cell && cell < end, from <= i && i < to);
            }
        }
    }
}
