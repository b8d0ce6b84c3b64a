using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Random;

public class GeneratorTests
{
    [Fact]
    public void A_seed_gives_the_same_numbers_again()
    {
        var a = Tensor.Rand(new Shape(9), generator: new Generator(5)).ToArray<float>();
        var b = Tensor.Rand(new Shape(9), generator: new Generator(5)).ToArray<float>();
        Assert.Equal(a, b);
        Assert.NotEqual(a, Tensor.Rand(new Shape(9), generator: new Generator(6)).ToArray<float>());
    }

    [Fact]
    public void Each_draw_of_a_step_is_another()
    {
        var g = new Generator(5);
        Assert.NotEqual(Tensor.Rand(new Shape(4), generator: g).ToArray<float>(),
            Tensor.Rand(new Shape(4), generator: g).ToArray<float>());
    }

    [Fact]
    public void A_step_depends_on_its_number_only()
    {
        var g = new Generator(5);
        g.BeginStep(3);
        var first = Tensor.Rand(new Shape(4), generator: g).ToArray<float>();
        g.BeginStep(4);
        Tensor.Rand(new Shape(4), generator: g);
        g.BeginStep(3);
        Assert.Equal(first, Tensor.Rand(new Shape(4), generator: g).ToArray<float>());
        Assert.Equal(3, g.Step);
    }

    [Fact]
    public void Streams_of_a_seed_differ() => Assert.NotEqual(
        Tensor.Rand(new Shape(4), generator: new Generator(5, 0)).ToArray<float>(),
        Tensor.Rand(new Shape(4), generator: new Generator(5, 1)).ToArray<float>());
}
