using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class DropoutTests
{
    [Fact]
    public void In_training_a_share_is_dropped_and_the_rest_scaled()
    {
        var y = new Dropout(0.25).Call(Tensor.Ones(10_000)).ToArray<float>();
        Assert.All(y, value => Assert.True(value == 0 || Math.Abs(value - (1 / 0.75)) < 1e-6));
        // Four standard deviations of a binomial count.
        Assert.InRange(y.Count(value => value == 0), 2500 - 173, 2500 + 173);
    }

    [Fact]
    public void In_use_everything_passes()
    {
        var x = LayerCheck.Wave(5);
        Assert.Same(x, new Dropout().Eval().Call(x));
    }

    [Fact]
    public void It_prints_its_settings() =>
        Assert.Equal("Dropout(p=0.5)", new Dropout().ToString());

    [Fact]
    public void A_probability_lies_between_0_and_1() => Assert.Contains("[0, 1], got 1.5",
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(1.5)).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("Dropout: p must lie in [0, 1], got NaN", () => new Dropout(double.NaN));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
