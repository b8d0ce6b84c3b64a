using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class Conv2dTests
{
    [Fact]
    public void It_convolves_with_its_settings()
    {
        var layer = new Conv2d(4, 6, (3, 2), stride: 2, padding: (1, 0), groups: 2);
        var x = LayerCheck.Wave(2, 4, 7, 6);
        var expected = x.Conv2d(layer.Weight, layer.Bias, 2, (1, 0), 1, 2);
        var y = layer.Call(x);
        Assert.Equal(new Shape(2, 6, 4, 3), y.Shape);
        Assert.Equal(expected.ToArray<float>(), y.ToArray<float>());
        Assert.Equal(new Shape(6, 4, 3), layer.Call(LayerCheck.Wave(4, 7, 6)).Shape);
    }

    [Fact]
    public void First_weights_are_PyTorchs()
    {
        // U(−1/√fan, 1/√fan) has the variance 1 / (3·fan), here with fan 8 · 3 · 3.
        var layer = new Conv2d(8, 200, 3);
        var bound = 1 / Math.Sqrt(72);
        Assert.All(layer.Weight.ToArray<float>(), w => Assert.InRange(w, -bound, bound));
        Assert.All(layer.Bias!.ToArray<float>(), b => Assert.InRange(b, -bound, bound));
        var variance = layer.Weight.Square().Mean().Item();
        Assert.InRange(variance, 0.95 / (3 * 72), 1.05 / (3 * 72));
    }

    [Fact]
    public void A_lazy_layer_takes_its_channels_from_the_first_input()
    {
        var layer = Conv2d.Lazy(6, 3, groups: 2);
        Assert.StartsWith("Conv2d(?, 6, kernel_size=(3, 3)", layer.ToString());
        layer.Call(Tensor.Zeros(1, 4, 5, 5));
        Assert.Equal(new Shape(6, 2, 3, 3), layer.Weight.Shape);
    }

    [Fact]
    public void It_prints_as_in_PyTorch()
    {
        Assert.Equal("Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)",
            new Conv2d(3, 64, 7, 2, 3, bias: false).ToString());
        Assert.Equal(
            "Conv2d(4, 4, kernel_size=(3, 3), stride=(1, 1), dilation=(2, 2), groups=4)",
            new Conv2d(4, 4, 3, dilation: 2, groups: 4).ToString());
    }

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new Conv2d(2, 3, 3), LayerCheck.Wave(1, 2, 5, 5));

    [Fact]
    public void Multiply_adds_are_counted() =>
        // The first layer of torchvision's resnet18: 64 · 112 · 112 outputs of 3 · 7 · 7 terms.
        Assert.Equal(118_013_952, new Conv2d(3, 64, 7, 2, 3).MultiplyAdds(
            new Shape(1, 3, 224, 224), new Shape(1, 64, 112, 112)));

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("Conv2d expects (N, 3, H, W) but got (8, 1, 28, 28)",
            () => new Conv2d(3, 4, 3).Call(Tensor.Zeros(8, 1, 28, 28)));
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("Conv2d: stride, dilation and groups must be at least 1",
            () => new Conv2d(3, 4, 3, stride: 0));
        Throws("padding at least 0, got (1, 1), (1, 1), 1 and (-1, -1)",
            () => new Conv2d(3, 4, 3, padding: -1));
        Throws("Conv2d: stride, dilation and groups must be at least 1 ",
            () => new Conv2d(3, 4, 3, groups: 0));
        Throws("Conv2d expects (N, C, H, W) but got (2, 3)",
            () => Conv2d.Lazy(4, 3).Call(Tensor.Zeros(2, 3)));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static void Throws(string part, Func<object> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
