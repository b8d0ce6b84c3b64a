using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Nn;

public class AvgPool2dTests
{
    [Fact]
    public void Values_are_PyTorchs() => Assert.Equal(
        [0.5710663185536418, -0.1182026101848634, 0.5732765260779668, -0.21717303543511096,
            0.2961980065987549, -0.21034115089757396, -0.33399430787080764, -0.009734708087920096,
            -0.5845725064196163, 0.15140012927484692, -0.5503588048427291, 0.23877588624646595],
        Derivative.Wave(0, 1, 2, 5, 4).AvgPool2d(3, 2, 1, countIncludePad: false)
            .ToArray<double>(),
        (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void A_divisor_may_be_given() => Assert.Equal([5f],
        Tensor.From([1f, 2f, 3f, 4f], new Shape(1, 2, 2)).AvgPool2d(2, divisorOverride: 2)
            .ToArray<float>());

    [Fact]
    public void Gradients_and_their_gradients_are_right() => Derivative.CheckTwice(
        x => x[0].AvgPool2d((3, 2), 2, 1, ceilMode: true).Square(), Derivative.Wave(0, 2, 1, 5, 4));

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Contains(
        "AvgPool2d: the window (9, 9)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(1, 4, 4).AvgPool2d(9)).Message);
}
