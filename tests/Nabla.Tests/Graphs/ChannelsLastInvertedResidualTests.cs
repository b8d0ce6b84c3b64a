using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ChannelsLastInvertedResidualTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void It_is_its_layers_one_after_another(bool widens, bool residual)
    {
        var x = Tensor.Randn(2, 9, 8, 20);
        var widen = Layer(20, 20, 1, 1, 1, Limits.Relu);
        var depthwise = Layer(20, 20, 3, 2, 20, new Limits(0, 6));
        var project = Layer(20, 6, 1, 1, 1, Limits.None, residual);
        var y = depthwise.Run(widens ? widen.Run(x, null) : x, null);
        var r = Tensor.Randn(2, 5, 4, 6);
        var expected = residual ? project.Run(y, r) : project.Run(y, null);
        var op = new ChannelsLastInvertedResidual(
            widens ? widen.Op : null, depthwise.Op, project.Op);
        Tensor[] inputs = [
            x, .. widens ? [widen.Packed] : Array.Empty<Tensor>(), depthwise.Packed,
            project.Packed, .. residual ? [r] : Array.Empty<Tensor>(),
        ];
        var actual = op.Apply(inputs);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
        var pixels = 2 * 5 * 4;
        Assert.Equal((widens ? 2 * 9 * 8 * 20 * 20 : 0) + (pixels * 20 * (9 + 6)),
            op.MultiplyAdds(inputs, [actual]));
    }

    private static (ChannelsLastConv2d Op, Tensor Packed, Func<Tensor, Tensor?, Tensor> Run) Layer(
        int channels, int outChannels, int kernel, int stride, int groups, Limits limits,
        bool residual = false)
    {
        var geometry = new Nabla.Tensors.Conv2dGeometry(stride, kernel / 2, 1, groups);
        var w = Tensor.Randn(outChannels, channels / groups, kernel, kernel);
        var op = new ChannelsLastConv2d(geometry, w.Shape, false, residual, limits);
        var packed = w.Device.PackConv2d(
            w, Tensor.Randn(outChannels), new Shape(2, channels, 9, 8), geometry);
        return (op, packed, (x, r) => r is null ? op.Apply(x, packed) : op.Apply(x, packed, r));
    }
}
