using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Loss;

public class ReductionsTests
{
    [Fact]
    public void Losses_become_their_mean_their_sum_or_stay()
    {
        var losses = Tensor.From(1f, 2f, 6f);
        Assert.Equal(3f, losses.Reduce(Reduction.Mean).Item());
        Assert.Equal(9f, losses.Reduce(Reduction.Sum).Item());
        Assert.Same(losses, losses.Reduce(Reduction.None));
    }
}
