using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class ConvTranspose2dTests
{
    [Fact]
    public void It_convolves_with_its_settings()
    {
        var layer = new ConvTranspose2d(4, 6, (3, 2), stride: 2, padding: (1, 0),
            outputPadding: (0, 1), groups: 2, dilation: (1, 2));
        var x = LayerCheck.Wave(2, 4, 7, 6);
        var expected = x.ConvTranspose2d(layer.Weight, layer.Bias, 2, (1, 0), (0, 1), 2, (1, 2));
        var y = layer.Call(x);
        Assert.Equal(new Shape(2, 6, 13, 14), y.Shape);
        Assert.Equal(expected.ToArray<float>(), y.ToArray<float>());
        Assert.Equal(new Shape(6, 13, 14), layer.Call(LayerCheck.Wave(4, 7, 6)).Shape);
    }

    [Fact]
    public void Its_state_has_PyTorchs_names_and_shapes()
    {
        var state = new ConvTranspose2d(4, 6, (3, 2), groups: 2).StateDict();
        Assert.Equal(["weight", "bias"], state.Keys);
        Assert.Equal(new Shape(4, 3, 3, 2), state["weight"].Shape);
        Assert.Equal(new Shape(6), state["bias"].Shape);
        Assert.Equal(["weight"], new ConvTranspose2d(4, 6, 3, bias: false).StateDict().Keys);
    }

    [Fact]
    public void First_weights_are_PyTorchs()
    {
        // U(−1/√fan, 1/√fan) has the variance 1 / (3·fan); PyTorch takes the weights' second size
        // for the fan, which here are the outputs of a group: 16 / 2 · 3 · 3.
        var layer = new ConvTranspose2d(200, 16, 3, groups: 2);
        var bound = 1 / Math.Sqrt(72);
        Assert.All(layer.Weight.ToArray<float>(), w => Assert.InRange(w, -bound, bound));
        Assert.All(layer.Bias!.ToArray<float>(), b => Assert.InRange(b, -bound, bound));
        var variance = layer.Weight.Square().Mean().Item();
        Assert.InRange(variance, 0.95 / (3 * 72), 1.05 / (3 * 72));
    }

    [Fact]
    public void A_lazy_layer_takes_its_channels_from_the_first_input()
    {
        var layer = ConvTranspose2d.Lazy(6, 3, groups: 2);
        Assert.StartsWith("ConvTranspose2d(?, 6, kernel_size=(3, 3)", layer.ToString());
        layer.Call(Tensor.Zeros(1, 4, 5, 5));
        Assert.Equal(new Shape(4, 3, 3, 3), layer.Weight.Shape);
    }

    [Fact]
    public void It_prints_as_in_PyTorch()
    {
        Assert.Equal("ConvTranspose2d(100, 64, kernel_size=(4, 4), stride=(2, 2), "
                + "padding=(1, 1), bias=False)",
            new ConvTranspose2d(100, 64, 4, 2, 1, bias: false).ToString());
        Assert.Equal("ConvTranspose2d(4, 4, kernel_size=(3, 3), stride=(2, 2), dilation=(2, 2), "
                + "output_padding=(1, 0), groups=4)",
            new ConvTranspose2d(4, 4, 3, 2, outputPadding: (1, 0), groups: 4, dilation: 2)
                .ToString());
    }

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new ConvTranspose2d(2, 3, 3, 2), LayerCheck.Wave(1, 2, 5, 5));

    [Fact]
    public void Compiled_between_other_layers_it_computes_what_it_does_eagerly()
    {
        var model = new Sequential(
            new Conv2d(3, 8, 3, padding: 1), new ReLU(),
            new ConvTranspose2d(8, 6, 4, stride: 2, padding: 1), new BatchNorm2d(6), new ReLU(),
            new ConvTranspose2d(6, 6, 3, stride: 2, padding: 1, outputPadding: 1, groups: 3),
            new Sigmoid(), new Conv2d(6, 2, 1));
        GradMode.NoGrad(() =>
        {
            model.Call(LayerCheck.Wave(4, 3, 5, 6));
            model.Eval();
            foreach (var batch in new[] { 2, 1, 0 })
            {
                var x = LayerCheck.Wave(batch, 3, 5, 6);
                var (expected, actual) = (model.Call(x), model.Compile(x).Call(x));
                Assert.Equal(new Shape(batch, 2, 20, 24), expected.Shape);
                Assert.Equal(expected.Shape, actual.Shape);
                foreach (var (e, a) in expected.ToArray<float>().Zip(actual.ToArray<float>()))
                {
                    Assert.Equal(e, a, 1e-5);
                }
            }
        });
    }

    [Fact]
    public void It_computes_in_float64_too()
    {
        var layer = new ConvTranspose2d(2, 3, 3, 2).To(DType.Float64);
        var y = layer.Call(LayerCheck.Wave(1, 2, 4, 4).To(DType.Float64));
        Assert.Equal(DType.Float64, y.DType);
        Assert.Equal(new Shape(1, 3, 9, 9), y.Shape);
    }

    [Fact]
    public void Multiply_adds_are_counted() =>
        // The third layer of DCGAN's generator: 256 · 8 · 8 inputs, each times 128 · 4 · 4 weights.
        Assert.Equal(33_554_432, new ConvTranspose2d(256, 128, 4, 2, 1).MultiplyAdds(
            new Shape(1, 256, 8, 8), new Shape(1, 128, 16, 16)));

    [Fact]
    public void An_output_pixel_sees_the_windows_that_meet_in_it()
    {
        // Windows of 4 with stride 2 overlap by half; of 2 and stride 2 they lie side by side.
        var wide = new ConvTranspose2d(1, 1, (4, 2), 2).Window(new(1, 1, 8, 8), new(1, 1, 18, 16));
        Assert.Equal(new ReceptiveField((2, 1), 1), wide);
        // Taps 0 and 6 of two neighbours three apart meet: four rows with those between.
        Assert.Equal(new ReceptiveField(4, 1), new ConvTranspose2d(1, 1, 3, 2, dilation: 3)
            .Window(new(1, 1, 8, 8), new(1, 1, 21, 21)));
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("ConvTranspose2d expects (N, 3, H, W) but got (8, 1, 28, 28)",
            () => new ConvTranspose2d(3, 4, 3).Call(Tensor.Zeros(8, 1, 28, 28)));
        Throws("ConvTranspose2d expects (N, C, H, W) but got (2, 3)",
            () => ConvTranspose2d.Lazy(4, 3).Call(Tensor.Zeros(2, 3)));
    }

    [Fact]
    public void Wrong_settings_are_named()
    {
        Throws("ConvTranspose2d: stride, dilation and groups must be at least 1",
            () => new ConvTranspose2d(3, 4, 3, stride: 0));
        Throws("ConvTranspose2d: output padding must be at least 0 and smaller than the stride "
            + "(1, 1) or the dilation (1, 1), got (1, 1)",
            () => new ConvTranspose2d(3, 4, 3, outputPadding: 1));
    }

    private static void Throws(string part, Func<object> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
