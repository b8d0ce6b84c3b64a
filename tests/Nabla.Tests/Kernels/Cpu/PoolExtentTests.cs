using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class PoolExtentTests
{
    [Fact]
    public void WindowsAreClippedToTheInputAndCountedToThePadding()
    {
        // Windows of 4 at −1, 2, 5 and 8 over 8 cells and a pad of 1 on each side.
        var w = PoolCases.Square(8, 8, 4, 3, 1, 1, true) with { Width = 100 };
        Assert.Equal((0, 3, 4), Of(PoolExtent.Rows(w, 0, true)));
        Assert.Equal((2, 6, 4), Of(PoolExtent.Rows(w, 1, true)));
        Assert.Equal((5, 8, 4), Of(PoolExtent.Rows(w, 2, true)));
        Assert.Equal((8, 8, 1), Of(PoolExtent.Rows(w, 3, true)));
        Assert.Equal((0, 3, 3), Of(PoolExtent.Rows(w, 0, false)));
        Assert.Equal((5, 8, 3), Of(PoolExtent.Rows(w, 2, false)));
        Assert.Equal((8, 8, 0), Of(PoolExtent.Rows(w, 3, false)));
        Assert.Equal((5, 9, 4), Of(PoolExtent.Columns(w, 2, false)));
    }

    private static (int Start, int End, int Cells) Of(PoolExtent extent) =>
        (extent.Start, extent.End, extent.Cells);
}
