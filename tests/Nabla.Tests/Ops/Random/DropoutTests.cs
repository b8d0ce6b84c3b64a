using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Random;

public class DropoutTests
{
    [Fact]
    public void Kept_elements_are_scaled_and_the_rest_is_zero()
    {
        var y = Tensor.Ones(10_000).Dropout(0.25, generator: new Generator(1)).ToArray<float>();
        Assert.Equal([0f, 1 / 0.75f], y.Distinct().Order());
        Assert.Equal(0.25, y.Count(v => v == 0) / 10_000.0, 0.02);
    }

    [Fact]
    public void In_use_nothing_is_dropped()
    {
        var x = Tensor.Ones(3);
        Assert.Same(x, x.Dropout(0.5, training: false));
    }

    [Fact]
    public void A_probability_below_zero_is_refused() => Assert.Contains(
        "Dropout: p must lie in [0, 1]",
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Ones(1).Dropout(-1)).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Fails("Dropout: p must lie in [0, 1], got 2", () => Tensor.Ones(2).Dropout(2));
        Fails("Dropout: p must lie in [0, 1], got NaN", () => Tensor.Ones(2).Dropout(double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
