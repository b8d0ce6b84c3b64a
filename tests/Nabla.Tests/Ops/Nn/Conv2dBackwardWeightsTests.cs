using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Nn;

public class Conv2dBackwardWeightsTests
{
    [Fact]
    public void It_is_the_transpose_of_the_convolution_in_the_weights()
    {
        // <conv(x, w), g> = <w, backward(x, g)> for all w and g.
        var geometry = new Conv2dGeometry(2, 1, 1, 1);
        Tensor x = Derivative.Wave(0, 2, 3, 6, 5), w = Derivative.Wave(1, 4, 3, 3, 3);
        var y = new Conv2dOp(geometry).Apply(x, w);
        var g = Derivative.Wave(2, y.Shape.Dims);
        var back = new Conv2dBackwardWeightsOp(geometry, new(3, 3)).Apply(x, g);
        Assert.Equal(w.Shape, back.Shape);
        Assert.Equal((y * g).Sum().Item<double>(), (w * back).Sum().Item<double>(), 1e-10);
    }

    [Fact]
    public void Its_gradients_are_convolutions() => Derivative.CheckTwice(
        x => new Conv2dBackwardWeightsOp(new Conv2dGeometry(2, 1, 1, 2), new(3, 3))
            .Apply(x[0], x[1]),
        Derivative.Wave(0, 1, 2, 5, 4), Derivative.Wave(1, 1, 4, 3, 2));
}
