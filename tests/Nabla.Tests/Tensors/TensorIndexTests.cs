using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class TensorIndexTests
{
    [Fact]
    public void Integers_ranges_and_tensors_become_parts_of_an_index()
    {
        TensorIndex integer = -2, last = ^1, range = 1..^3, tensor = Tensor.From(1L);
        Assert.Equal((TensorIndexKind.Integer, ^2), (integer.Kind, integer.Range.Start));
        Assert.Equal((TensorIndexKind.Integer, ^1), (last.Kind, last.Range.Start));
        Assert.Equal((TensorIndexKind.Range, 1..^3, 1L), (range.Kind, range.Range, range.Step));
        Assert.Equal(TensorIndexKind.Tensor, tensor.Kind);
        Assert.Equal(3, TensorIndex.Slice(.., 3).Step);
        Assert.Equal(TensorIndexKind.Ellipsis, TensorIndex.Ellipsis.Kind);
        Assert.Equal(TensorIndexKind.NewAxis, TensorIndex.NewAxis.Kind);
    }
}
