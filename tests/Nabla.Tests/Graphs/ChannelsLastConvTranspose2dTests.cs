using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ChannelsLastConvTranspose2dTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 2)]
    public void It_is_the_transposed_convolution_in_another_layout(bool residual, int groups)
    {
        var (x, w) = (Tensor.Randn(2, 6, 9, 8), Tensor.Randn(6, 5, 3, 4));
        var b = Tensor.Randn(5 * groups);
        Size2d extra = new(1, 0);
        var geometry = new Conv2dGeometry((2, 3), 1, (1, 2), groups);
        var y = x.ConvTranspose2d(w, b, (2, 3), 1, extra, groups, (1, 2));
        var r = Tensor.Randn(y.Shape);
        var expected = (residual ? y + r : y).Relu();
        var op = new ChannelsLastConvTranspose2d(
            geometry, extra, w.Shape, residual, Limits.Relu);
        var packed = x.Device.PackConvTranspose2d(w, b, y.Shape, geometry);
        var input = x.Permute(0, 2, 3, 1);
        var actual = residual
            ? op.Apply(input, packed, r.Permute(0, 2, 3, 1))
            : op.Apply(input, packed);
        Assert.True((actual.Permute(0, 3, 1, 2) - expected).Abs().Max().Item() < 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_compiled_generator_is_the_eager_one(int batch)
    {
        var model = new Sequential(
            new ConvTranspose2d(20, 40, 4, bias: false), new BatchNorm2d(40), new ReLU(),
            new ConvTranspose2d(40, 24, 4, 2, 1, bias: false), new BatchNorm2d(24), new ReLU(),
            new ConvTranspose2d(24, 32, 3, 2, 1, 1), new ReLU6(),
            new ConvTranspose2d(32, 32, 3, 1, 1, groups: 2), new BatchNorm2d(32), new ReLU(),
            new ConvTranspose2d(32, 32, 2, 2, groups: 32),
            new ConvTranspose2d(32, 3, 4, 2, 1), new Tanh());
        // Some training, so that statistics are not 0 and 1.
        for (var step = 0; step < 3; step++)
        {
            model.Call(Tensor.Randn(4, 20, 1, 1));
        }
        model.Eval();
        var z = Tensor.Randn(batch, 20, 1, 1);
        var expected = model.Call(z);
        Assert.Equal(new Shape(batch, 3, 64, 64), expected.Shape);
        var compiled = model.Compile(z);
        Assert.True((compiled.Call(z) - expected).Abs().Max().Item() < 1e-4);
        var listing = compiled.Graph.ToString();
        Assert.DoesNotContain("BatchNorm", listing);
        Assert.Contains("ChannelsLastConvTranspose2d", listing);
    }
}
