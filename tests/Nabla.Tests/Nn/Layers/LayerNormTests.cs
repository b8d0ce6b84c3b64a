using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class LayerNormTests
{
    [Fact]
    public void Rows_have_mean_0_and_variance_1_at_first()
    {
        var y = new LayerNorm(16).Call(LayerCheck.Wave(4, 16));
        Assert.All(y.Mean(-1).ToArray<float>(), mean => Assert.Equal(0, mean, 1e-5));
        Assert.All(y.Square().Mean(-1).ToArray<float>(), v => Assert.Equal(1, v, 1e-3));
    }

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new LayerNorm(new Shape(3, 2)), LayerCheck.Wave(4, 3, 2));

    [Fact]
    public void Names_are_PyTorchs() =>
        Assert.Equal(["weight", "bias"], new LayerNorm(3).StateDict().Keys);

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Equal(
        "LayerNorm expects last sizes (3,) but got (4, 2)",
        Assert.Throws<ArgumentException>(
            () => new LayerNorm(3).Call(Tensor.Zeros(4, 2))).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("LayerNorm needs at least one size to normalize over, and none that is 0, got (0,)",
            () => new LayerNorm(0));
        Throws("LayerNorm: epsilon must be a number from 0 up, got NaN",
            () => new LayerNorm(3, double.NaN));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
