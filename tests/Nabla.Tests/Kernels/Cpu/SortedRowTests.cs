using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class SortedRowTests
{
    [Fact]
    public void ValuesAndPlacesFollowTheEntriesAtTheirStride()
    {
        float[] x = [10, 0, 20, 0, 30, 0];
        var y = new float[4];
        var index = new long[4];
        var entries = new[] { PackedSortEntry.Create(0, 2), PackedSortEntry.Create(1, 0) };
        fixed (float* px = x, py = y)
        fixed (long* pi = index)
        fixed (PackedSortEntry* p = entries)
        {
            SortedRow.Write(px, 2, p, 2, 2, py, pi);
            SortedRow.Write<float, PackedSortEntry>(px, 2, p, 2, 2, null, null);
        }

        Assert.Equal([30, 0, 10, 0], y);
        Assert.Equal([2, 0, 0, 0], index);
    }
}
