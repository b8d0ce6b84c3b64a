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

    [Fact]
    public void A_number_that_is_no_reduction_is_refused()
    {
        Fails("the reduction is Mean, Sum or None, not 9",
            () => Tensor.Ones(2).MseLoss(Tensor.Ones(2), (Reduction)9));
        Fails("the reduction is Mean, Sum or None, not 7",
            () => Tensor.Ones(2, 3).CrossEntropy(Tensor.Zeros(2).Long(), reduction: (Reduction)7));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
