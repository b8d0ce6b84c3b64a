using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Random;

public class NormalTests : OpTests
{
    // What a seed gives is kept from version to version; the kernels' tests compare the generator
    // with its published vectors.
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("randn", _ => Tensor.Randn(new Shape(4), DType.Float32, new Generator(1)), "")
        {
            Reference = _ => [Tensor.From(0.34540018f, -2.5229328f, 0.57710344f, -2.0268545f)],
            DTypes = [DType.Float32],
            Differentiable = false,
            Capturable = false,
        },
    ];

    [Fact]
    public void Mean_and_variance_are_those_of_the_standard_normal()
    {
        var x = Tensor.Randn(new Shape(100_000), DType.Float64, new Generator(1));
        Assert.Equal(0, x.Mean().Item<double>(), 0.02);
        Assert.Equal(1, x.Square().Mean().Item<double>(), 0.03);
    }
}
