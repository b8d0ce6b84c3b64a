using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ChannelsLastConv2dTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void It_is_the_convolution_in_another_layout(bool fromFirst, bool residual)
    {
        var (x, w, b) = (Tensor.Randn(2, 4, 9, 8), Tensor.Randn(6, 2, 3, 3), Tensor.Randn(6));
        var geometry = new Nabla.Tensors.Conv2dGeometry((2, 1), 1, 1, 2);
        var y = x.Conv2d(w, b, (2, 1), 1, groups: 2);
        var r = Tensor.Randn(y.Shape);
        var expected = (residual ? y + r : y).Relu();
        var op = new ChannelsLastConv2d(geometry, w.Shape, fromFirst, residual, Limits.Relu);
        var packed = x.Device.PackConv2d(w, b, x.Shape, geometry);
        var input = fromFirst ? x : x.Permute(0, 2, 3, 1);
        Assert.Equal(x.Shape, op.Input(input.Shape));
        var actual = residual
            ? op.Apply(input, packed, r.Permute(0, 2, 3, 1))
            : op.Apply(input, packed);
        Assert.True((actual.Permute(0, 3, 1, 2) - expected).Abs().Max().Item() < 1e-5);
    }
}
