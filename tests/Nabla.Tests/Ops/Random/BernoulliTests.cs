using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Random;

public class BernoulliTests
{
    [Fact]
    public void The_share_of_ones_is_the_probability()
    {
        var x = Tensor.Bernoulli(new Shape(100_000), 0.3, generator: new Generator(1));
        Assert.Equal(0.3, x.Mean().Item(), 0.01);
        Assert.Equal(x.ToArray<float>(), x.Square().ToArray<float>());
    }

    [Fact]
    public void A_probability_above_one_is_refused() => Assert.Contains("lies in [0, 1]",
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Tensor.Bernoulli(new Shape(2), 1.5)).Message);
}
