using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class MaxPool2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("max_pool2d", x => x[0].MaxPool2d(2), "F.max_pool2d(x0, 2)",
            Inputs.Distinct(-2, 2, 2, 2, 5, 4)) { TwiceDifferentiable = false },
        new OpCase("max_pool2d overlapping", x => x[0].MaxPool2d((3, 2), 2, 1),
            "F.max_pool2d(x0, (3, 2), 2, 1)", Inputs.Distinct(-2, 2, 1, 2, 5, 6))
            { TwiceDifferentiable = false },
        new OpCase("max_pool2d dilated, rounded up",
            x => x[0].MaxPool2d(2, 2, dilation: 2, ceilMode: true),
            "F.max_pool2d(x0, 2, 2, dilation=2, ceil_mode=True)",
            Inputs.Distinct(-2, 2, 2, 6, 6)) { TwiceDifferentiable = false },
        new OpCase("max_pool2d with indices",
            x =>
            {
                var (values, indices) = x[0].MaxPool2dWithIndices(3, 2, 1);
                return new[] { values, indices };
            },
            "return F.max_pool2d(x0, 3, 2, 1, return_indices=True)",
            Inputs.Distinct(-2, 2, 2, 5, 4)) { TwiceDifferentiable = false },
    ];

    [Fact]
    public void Places_are_kept_only_where_a_gradient_needs_them()
    {
        var x = Tensor.Ones(1, 4, 4);
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
        Throws("MaxPool2d computes in float32 or float64 but got int64",
            () => Tensor.Zeros(new Shape(1, 4, 4), DType.Int64).MaxPool2d(2));
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
