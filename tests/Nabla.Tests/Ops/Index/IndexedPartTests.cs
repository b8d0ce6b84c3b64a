using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Index;

public class IndexedPartTests
{
    [Fact]
    public void What_a_view_can_do_is_done_and_tensors_are_left()
    {
        var rows = Tensor.From(0L, 1);
        var mask = Tensor.From(new[,] { { true, false, true }, { false, false, true } });
        var part = IndexedPart.Of(Tensor.Zeros(5, 4, 2, 3, 6),
            [rows, TensorIndex.NewAxis, 1, mask, 2..4]);
        Assert.Equal(new Shape(5, 1, 2, 3, 2), part.View.Shape);
        Assert.Equal([(0, rows), (2, mask)], part.Tensors);
    }
}
