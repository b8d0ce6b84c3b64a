using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Random;

public class BernoulliTests : OpTests
{
    // What a seed gives is kept from version to version; the kernels' tests compare the generator
    // with its published vectors.
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("bernoulli",
            _ => Tensor.Bernoulli(new Shape(8), 0.4, generator: new Generator(1)), "")
        {
            Reference = _ => [Tensor.From(0f, 1f, 0f, 1f, 1f, 0f, 1f, 0f)],
            DTypes = [DType.Float32],
            Differentiable = false,
            Capturable = false,
        },
    ];

    [Fact]
    public void The_share_of_ones_is_the_probability()
    {
        var x = Tensor.Bernoulli(new Shape(100_000), 0.3, generator: new Generator(1));
        Assert.Equal(0.3, x.Mean().Item(), 0.01);
        Assert.Equal(x.ToArray<float>(), x.Square().ToArray<float>());
    }

    [Fact]
    public void A_probability_above_one_is_refused() => Assert.Contains(
        "Bernoulli: p must lie in [0, 1]",
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Tensor.Bernoulli(new Shape(2), 1.5)).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Fails("Bernoulli: p must lie in [0, 1], got 2", () => Tensor.Bernoulli([2], 2));
        Fails("Bernoulli: p must lie in [0, 1], got NaN", () => Tensor.Bernoulli([2], double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
