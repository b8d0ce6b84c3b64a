using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Random;

public class UniformTests : OpTests
{
    // What a seed gives is kept from version to version; the kernels' tests compare the generator
    // with its published vectors.
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("rand", _ => Tensor.Rand(new Shape(4), DType.Float32, new Generator(1)), "")
        {
            Reference = _ => [Tensor.From(0.9382416f, 0.038328707f, 0.72322595f, 0.028624654f)],
            DTypes = [DType.Float32],
            Differentiable = false,
            Capturable = false,
        },
    ];

    [Fact]
    public void Numbers_lie_in_the_unit_interval_with_its_mean()
    {
        var x = Tensor.Rand(new Shape(100_000), generator: new Generator(1));
        Assert.True(x.Amin().Item() >= 0 && x.Amax().Item() < 1);
        Assert.Equal(0.5, x.Mean().Item(), 0.01);
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Fails("Uniform: low must be a finite number, got NaN",
            () => Tensor.Uniform(double.NaN, 1, [2]));
        Fails("Uniform: high must be a finite number, got Infinity",
            () => Tensor.Uniform(0, double.PositiveInfinity, [2]));
        Fails("Uniform: the range [2, 1) is empty", () => Tensor.Uniform(2, 1, [2]));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
