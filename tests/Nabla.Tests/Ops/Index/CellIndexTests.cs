using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Index;

public class CellIndexTests
{
    [Fact]
    public void Neighbours_merge_where_they_stand()
    {
        var cells = CellIndex.Of(IndexedPart.Of(Tensor.Zeros(2, 3, 4, 5),
            [Range.All, Tensor.From(0L, 2), Tensor.From(-1L, 1)]));
        Assert.Equal(1, cells.Dim);
        Assert.Equal(new Shape(2, 12, 5), cells.Flat.Shape);
        Assert.Equal([3, 9], cells.Places.ToArray<long>());
    }

    [Fact]
    public void Dimensions_apart_come_first_and_go_back()
    {
        var x = Tensor.From([.. Enumerable.Range(0, 24)], new Shape(2, 3, 4));
        var cells = CellIndex.Of(IndexedPart.Of(x, [Tensor.From(1L), Range.All, Tensor.From(2L)]));
        Assert.Equal(0, cells.Dim);
        Assert.Equal(new Shape(8, 3), cells.Flat.Shape);
        Assert.Equal([6], cells.Places.ToArray<long>());
        Assert.Equal(x.ToArray<int>(), cells.RestoreWhole(cells.Flat).ToArray<int>());
    }
}
