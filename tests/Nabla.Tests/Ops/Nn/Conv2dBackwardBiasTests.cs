using Nabla.Ops;

namespace Nabla.Tests.Ops.Nn;

public class Conv2dBackwardBiasTests
{
    [Fact]
    public void It_sums_over_images_and_pixels()
    {
        var g = Derivative.Wave(0, 2, 3, 4, 5);
        var expected = g.Sum([0, 2, 3]).ToArray<double>();
        Assert.All(expected.Zip(Conv2dBackwardBiasOp.Instance.Apply(g).ToArray<double>()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Its_gradient_repeats() => Derivative.CheckTwice(
        x => Conv2dBackwardBiasOp.Instance.Apply(x[0]).Square(), Derivative.Wave(0, 2, 3, 2, 2));
}
