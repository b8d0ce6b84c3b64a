using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class LayoutTests
{
    [Theory]
    [InlineData(new long[] { 2, 3 }, new long[] { 3, 1 }, true)]
    [InlineData(new long[] { 2, 3 }, new long[] { 1, 2 }, false)]
    [InlineData(new long[] { 2, 3 }, new long[] { 6, 1 }, false)]
    [InlineData(new long[] { 2, 3 }, new long[] { 0, 1 }, false)]
    [InlineData(new long[] { 1, 3 }, new long[] { 77, 1 }, true)]
    [InlineData(new long[] { 3, 1 }, new long[] { 1, 77 }, true)]
    [InlineData(new long[] { 0, 3 }, new long[] { 3, 1 }, true)]
    [InlineData(new long[] { }, new long[] { }, true)]
    public void Contiguous_means_row_major_without_gaps(
        long[] sizes, long[] strides, bool expected) =>
        Assert.Equal(expected, new Layout(new Shape(sizes), strides, 5).IsContiguous);

    [Fact]
    public void A_layout_overlaps_when_an_element_repeats()
    {
        Assert.True(new Layout([2, 3], [0, 1], 0).Overlaps);
        Assert.False(new Layout([1, 3], [0, 1], 0).Overlaps);
        Assert.False(Layout.Contiguous([2, 3]).Overlaps);
    }

    [Fact]
    public void Layouts_are_equal_by_value()
    {
        var layout = new Layout([2, 3], [3, 1], 0);
        Assert.Equal(Layout.Contiguous([2, 3]), layout);
        Assert.Equal(Layout.Contiguous([2, 3]).GetHashCode(), layout.GetHashCode());
        Assert.NotEqual(layout with { Offset = 1 }, layout);
        Assert.NotEqual(layout with { Strides = [1, 2] }, layout);
        Assert.NotEqual(layout with { Shape = [3, 3] }, layout);
    }
}
