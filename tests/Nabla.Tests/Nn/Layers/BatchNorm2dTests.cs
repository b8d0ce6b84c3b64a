using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class BatchNorm2dTests
{
    [Fact]
    public void Each_channel_gets_mean_0_and_variance_1()
    {
        var y = new BatchNorm2d(3).Call(LayerCheck.Wave(4, 3, 5, 5));
        Assert.All(y.Mean([0, 2, 3]).ToArray<float>(), mean => Assert.Equal(0, mean, 1e-5));
        Assert.All(y.Square().Mean([0, 2, 3]).ToArray<float>(), v => Assert.Equal(1, v, 1e-3));
    }

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new BatchNorm2d(3), LayerCheck.Wave(4, 3, 2, 2));

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Assert.Equal("BatchNorm2d expects (N, 3, H, W) but got (3, 8, 8)",
            Assert.Throws<ArgumentException>(
                () => new BatchNorm2d(3).Call(Tensor.Zeros(3, 8, 8))).Message);
        Assert.Contains("more than one value per channel to train, but got (1, 3, 1, 1)",
            Assert.Throws<ArgumentException>(
                () => new BatchNorm2d(3).Call(Tensor.Zeros(1, 3, 1, 1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm2d(0));
    }
}
