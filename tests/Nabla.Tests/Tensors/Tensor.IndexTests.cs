using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class TensorIndexedTests
{
    [Fact]
    public void A_part_is_read_and_written_in_brackets()
    {
        var x = Tensor.From(new[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([4, 5, 6], x[1].ToArray<int>());
        Assert.Equal([3, 6], x[.., ^1].ToArray<int>());
        Assert.Equal(5, x[1, 1].Item<int>());
        x[0, 1..] = 0;
        Assert.Equal([1, 0, 0, 4, 5, 6], x.ToArray<int>());
    }
}
