using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class InitTests
{
    [Fact]
    public void Fans_count_the_kernels_area()
    {
        Assert.Equal((3L, 5L), Init.Fans(Tensor.Zeros(5, 3)));
        Assert.Equal((3 * 6L, 5 * 6L), Init.Fans(Tensor.Zeros(5, 3, 2, 3)));
        Assert.Contains("got (7,); use Normal, Uniform or Constant",
            Assert.Throws<ArgumentException>(() => Init.Fans(Tensor.Zeros(7))).Message);
    }

    [Theory]
    // torch.nn.init.calculate_gain.
    [InlineData("linear", 0, 1)]
    [InlineData("sigmoid", 0, 1)]
    [InlineData("tanh", 0, 1.6666666666666667)]
    [InlineData("relu", 0, 1.4142135623730951)]
    [InlineData("leaky_relu", 2.23606797749979, 0.5773502691896257)]
    public void Gains_are_PyTorchs(string nonlinearity, double slope, double expected) =>
        Assert.Equal(expected, Init.Gain(nonlinearity, slope), 1e-12);

    [Fact]
    public void An_unknown_nonlinearity_is_named() => Assert.Contains("'selu?'; expected linear",
        Assert.Throws<ArgumentException>(() => Init.Gain("selu?")).Message);

    [Fact]
    public void Constants_fill()
    {
        var x = Tensor.Zeros(3);
        Assert.Equal([2f, 2f, 2f], Init.Constant(x, 2).ToArray<float>());
        Assert.Same(x, Init.Ones(x));
        Assert.Equal([1f, 1f, 1f], x.ToArray<float>());
        Assert.Equal([0f, 0f, 0f], Init.Zeros(x).ToArray<float>());
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float16)]
    public void What_is_drawn_in_place_is_what_a_new_tensor_gets(DType dtype)
    {
        foreach (var x in new[] { Tensor.Empty([30, 20], dtype),
            Tensor.Empty([20, 30], dtype).Transpose() })
        {
            var version = x.Version;
            Generator.ManualSeed(5);
            var expected = Tensor.Normal(1, 2, x.Shape, dtype);
            Generator.ManualSeed(5);
            Assert.Equal(0, (Init.Normal(x, 1, 2) - expected).Abs().Max().Item());
            Generator.ManualSeed(6);
            expected = Tensor.Uniform(-1, 3, x.Shape, dtype);
            Generator.ManualSeed(6);
            Assert.Equal(0, (Init.Uniform(x, -1, 3) - expected).Abs().Max().Item());
            Assert.Equal(version + 2, x.Version);
        }
    }

    public static TheoryData<string, double, double> Distributions => new()
    {
        // name, variance, bound; fan in 50, fan out 200.
        { "uniform", 4.0 / 3, 3 },
        { "normal", 4, double.PositiveInfinity },
        { "xavier uniform", 2.0 / 250, Math.Sqrt(6.0 / 250) },
        { "xavier normal", 2.0 / 250, double.PositiveInfinity },
        { "kaiming uniform", 2.0 / 50, Math.Sqrt(6.0 / 50) },
        { "kaiming normal", 2.0 / 200, double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Distributions_have_their_variance(string name, double variance, double bound)
    {
        var x = Tensor.Zeros(200, 50);
        var y = name switch
        {
            "uniform" => Init.Uniform(x, -1, 3),
            "normal" => Init.Normal(x, 1, 2),
            "xavier uniform" => Init.XavierUniform(x),
            "xavier normal" => Init.XavierNormal(x),
            "kaiming uniform" => Init.KaimingUniform(x, nonlinearity: "relu"),
            _ => Init.KaimingNormal(x, fanOut: true, nonlinearity: "relu"),
        };
        var mean = name is "uniform" or "normal" ? 1 : 0;
        Assert.Equal(mean, y.Mean().Item(), 4 * Math.Sqrt(variance / 10_000));
        Assert.Equal(variance, (y - mean).Square().Mean().Item(), 0.1 * variance);
        Assert.All(y.ToArray<float>(), value => Assert.InRange(value, -bound, bound));
    }

    [Fact]
    public void Parameters_are_filled_in_place()
    {
        var parameter = new Parameter(Tensor.Zeros(3));
        Init.Normal(parameter);
        Assert.True(parameter.RequiresGrad);
        Assert.Contains(parameter.ToArray<float>(), value => value != 0);
    }

    [Fact]
    public void Settings_that_are_no_numbers_are_refused()
    {
        var x = Tensor.Zeros(2);
        Throws("Uniform: low must be a finite number, got NaN", () => Init.Uniform(x, double.NaN));
        Throws("Uniform: the range [1, 0) is empty", () => Init.Uniform(x, 1, 0));
        Throws("Normal: std must be a number from 0 up, got -1", () => Init.Normal(x, 0, -1));
        Throws("Gain: unknown nonlinearity 'selu'; expected linear, sigmoid, tanh, relu or leaky",
            () => Init.Gain("selu"));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
