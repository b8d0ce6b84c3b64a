using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class MaxPool2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("MaxPool2d", x => new MaxPool2d(3, 2, 1).Call(x[0]),
            "torch.nn.MaxPool2d(3, 2, 1)(x0)",
            Inputs.Distinct(-2, 2, 2, 1, 5, 4)) { TwiceDifferentiable = false },
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new MaxPool2d(3, 2, 1).StateDict());
        Assert.Equal("MaxPool2d(kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))",
            new MaxPool2d(3, 2, 1).ToString());
    }

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Contains(
        "MaxPool2d expects (N, C, H, W) or (C, H, W) but got (5,)",
        Assert.Throws<ArgumentException>(
            () => new MaxPool2d(2).Call(Tensor.Zeros(5))).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("MaxPool2d: kernel, stride and dilation must be at least 1",
            () => new MaxPool2d(0));
        Throws("MaxPool2d: the padding must be between 0 and half the kernel (2, 2), got (2, 2)",
            () => new MaxPool2d(2, padding: 2));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
