using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Nn;

public class MaxPool2dTests
{
    [Fact]
    public void Values_and_places_are_PyTorchs()
    {
        var x = Derivative.Wave(0, 1, 2, 5, 4);
        Assert.Equal([0.9916648104524686, -0.2555411020268312, 0.9997929001426692,
            0.3590583540221683, 0.5290826861200238, 0.985600298790633, -0.433765540975684,
            0.9494038606867011], x.MaxPool2d(2).ToArray<double>(), Tolerance);
        var (values, indices) = x.MaxPool2dWithIndices(3, 2, 1);
        Assert.Equal([1L, 1, 12, 5, 12, 19, 0, 3, 4, 14, 17, 18], indices.ToArray<long>());
        Assert.Equal(new Shape(1, 2, 3, 2), values.Shape);
    }

    [Fact]
    public void Gradients_are_right() => Derivative.Check(
        x => x[0].MaxPool2d(3, 2, 1).Square(), Derivative.Wave(0, 2, 1, 5, 4));

    [Fact]
    public void Places_are_kept_only_where_a_gradient_needs_them()
    {
        var x = Derivative.Wave(0, 1, 4, 4);
        Assert.Null(x.MaxPool2d(2).GradFn);
        x.RequiresGrad = true;
        Assert.Equal("MaxPool2d", x.MaxPool2d(2).GradFn);
        GradMode.NoGrad(() => Assert.Null(x.MaxPool2d(2).GradFn));
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("MaxPool2d expects (N, C, H, W) or (C, H, W) but got (4, 4)",
            () => Tensor.Zeros(4, 4).MaxPool2d(2));
        Throws("the window (5, 5) with dilation (1, 1) is larger than the input (1, 4, 4)",
            () => Tensor.Zeros(1, 4, 4).MaxPool2d(5));
        Throws("the padding must be between 0 and half the kernel (2, 2), got (2, 2)",
            () => Tensor.Zeros(1, 4, 4).MaxPool2d(2, padding: 2));
        Throws("must be at least 1, got (0, 0), (1, 1) and (1, 1)",
            () => Tensor.Zeros(1, 4, 4).MaxPool2d(0, stride: 1));
        Throws("MaxPool2d computes in Float32 or Float64 but got Int64",
            () => Tensor.Zeros(new Shape(1, 4, 4), DType.Int64).MaxPool2d(2));
    }

    private static bool Tolerance(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
