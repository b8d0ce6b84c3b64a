using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class BatchLayoutTests
{
    [Fact]
    public void No_dimension_is_one_product()
    {
        var layout = new BatchLayout([], [], []);
        Assert.Equal((1L, true), (layout.Count, layout.IsLine));
        Assert.Equal((0, 0), layout.Offsets(0));
    }

    [Theory]
    [InlineData(new long[] { 5 }, new long[] { 7 }, new long[] { 0 }, true)]
    [InlineData(new long[] { 2, 3 }, new long[] { 30, 10 }, new long[] { 60, 20 }, true)]
    [InlineData(new long[] { 2, 3 }, new long[] { 30, 10 }, new long[] { 0, 0 }, true)]
    [InlineData(new long[] { 2, 3 }, new long[] { 30, 10 }, new long[] { 0, 20 }, false)]
    [InlineData(new long[] { 2, 3 }, new long[] { 10, 20 }, new long[] { 30, 10 }, false)]
    [InlineData(new long[] { 2, 1, 3 }, new long[] { 30, 99, 10 }, new long[] { 30, 7, 10 }, true)]
    [InlineData(new long[] { 1, 1 }, new long[] { 3, 4 }, new long[] { 5, 6 }, true)]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 5, 80, 20 }, new long[] { 0, 4, 1 }, false)]
    [InlineData(new long[] { 2, 0, 3 }, new long[] { 0, 3, 1 }, new long[] { 3, 3, 1 }, false)]
    public void Offsets_are_those_of_the_dimensions_joined_or_not(
        long[] sizes, long[] stridesA, long[] stridesB, bool isLine)
    {
        var layout = new BatchLayout(sizes, stridesA, stridesB);
        Assert.Equal(isLine, layout.IsLine);
        Assert.Equal(sizes.Aggregate(1L, (n, size) => n * size), layout.Count);
        for (var item = 0L; item < layout.Count; item++)
        {
            var (rest, a, b) = (item, 0L, 0L);
            for (var i = sizes.Length - 1; i >= 0; i--)
            {
                (rest, var place) = Math.DivRem(rest, sizes[i]);
                a += place * stridesA[i];
                b += place * stridesB[i];
            }
            Assert.Equal(((nint)a, (nint)b), layout.Offsets(item));
        }
    }
}
