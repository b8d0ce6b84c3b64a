using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Reduce;

public class CountNonZeroTests
{
    // torch.count_nonzero counts NaN, too.
    [Fact]
    public void Elements_other_than_zero_are_counted()
    {
        var x = Tensor.From(new[,] { { 0f, 2f, float.NaN }, { 0f, -1f, 0f } });
        Assert.Equal(3, x.CountNonZero().Item<long>());
        Assert.Equal([0L, 2L, 1L], x.CountNonZero(0).ToArray<long>());
        Assert.Equal(0, Tensor.Zeros(0, 3).CountNonZero().Item<long>());
    }
}
