using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Nn;

public class AdaptiveAvgPool2dTests
{
    [Fact]
    public void Values_are_PyTorchs() => Assert.Equal(
        [0.5900279437002794, 0.045013202451107015, -0.6016273503131492, 0.4067824023970214,
            -0.4931816779537961, -0.2796949146134709, -0.43610437101808125, -0.3560886457592128,
            0.5278644939925291, -0.5803473689993622, 0.23537127364682212, 0.5196947835499263],
        Derivative.Wave(0, 1, 2, 5, 4).AdaptiveAvgPool2d((2, 3)).ToArray<double>(),
        (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void Size_one_is_the_mean() => Assert.Equal([2.5f],
        Tensor.From([1f, 2f, 3f, 4f], new Shape(1, 2, 2)).AdaptiveAvgPool2d(1).ToArray<float>());

    [Fact]
    public void Gradients_and_their_gradients_are_right() => Derivative.CheckTwice(
        x => x[0].AdaptiveAvgPool2d((2, 3)).Square(), Derivative.Wave(0, 2, 1, 5, 4));

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Assert.Contains("AdaptiveAvgPool2d expects (N, C, H, W) or (C, H, W) but got (4,)",
            Assert.Throws<ArgumentException>(() => Tensor.Zeros(4).AdaptiveAvgPool2d(1)).Message);
        Assert.Contains("the output size must be at least 1, got (0, 2)",
            Assert.Throws<ArgumentException>(
                () => Tensor.Zeros(1, 4, 4).AdaptiveAvgPool2d((0, 2))).Message);
    }
}
