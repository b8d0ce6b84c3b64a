using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class DimWalkTests
{
    [Fact]
    public void Nothing_is_one_place_at_the_start()
    {
        var walk = new DimWalk();
        Assert.Equal(1, walk.Count);
        Assert.Equal((0, 0), walk.At(0));
    }

    [Theory]
    [InlineData(1, 4, 12, 1, 4, 12)]
    [InlineData(1, 4, 12, 5, 1, 40)]
    [InlineData(7, 0, 100, 0, 2, 9)]
    public void Places_follow_row_major_order(long a, long b, long c, long p, long q, long r)
    {
        var walk = new DimWalk();
        walk.AddOuter(4, a, p);
        walk.AddOuter(3, b, q);
        walk.AddOuter(2, c, r);
        Assert.Equal(24, walk.Count);
        var i = 0;
        foreach (var index in NdIndex.Of([2, 3, 4]))
        {
            var expected = (NdIndex.Offset(index, [c, b, a]), NdIndex.Offset(index, [r, q, p]));
            Assert.Equal(expected, walk.At(i++));
        }
    }
}
