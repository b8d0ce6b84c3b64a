using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Random;

public class UniformTests
{
    [Fact]
    public void Numbers_lie_in_the_unit_interval_with_its_mean()
    {
        var x = Tensor.Rand(new Shape(100_000), generator: new Generator(1));
        Assert.True(x.Amin().Item() >= 0 && x.Amax().Item() < 1);
        Assert.Equal(0.5, x.Mean().Item(), 0.01);
    }
}
