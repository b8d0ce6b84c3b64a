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

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Fails("Normal: mean must be a finite number, got NaN",
            () => Tensor.Normal(double.NaN, 1, [2]));
        Fails("Normal: std must be a number from 0 up, got -1", () => Tensor.Normal(0, -1, [2]));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
