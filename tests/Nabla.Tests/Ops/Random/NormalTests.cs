using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Random;

public class NormalTests
{
    [Fact]
    public void Mean_and_variance_are_those_of_the_standard_normal()
    {
        var x = Tensor.Randn(new Shape(100_000), DType.Float64, new Generator(1));
        Assert.Equal(0, x.Mean().Item<double>(), 0.02);
        Assert.Equal(1, x.Square().Mean().Item<double>(), 0.03);
    }
}
