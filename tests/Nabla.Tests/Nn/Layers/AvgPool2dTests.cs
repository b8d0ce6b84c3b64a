using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class AvgPool2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("AvgPool2d", x => new AvgPool2d((3, 2), 2, 1).Call(x[0]),
            "torch.nn.AvgPool2d((3, 2), 2, 1)(x0)", Inputs.Normal(2, 1, 5, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new AvgPool2d((3, 2), 2, 1).StateDict());
        Assert.Equal("AvgPool2d(kernel_size=(3, 2), stride=(2, 2), padding=(1, 1))",
            new AvgPool2d((3, 2), 2, 1).ToString());
    }

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Contains(
        "AvgPool2d expects (N, C, H, W) or (C, H, W) but got (5,)",
        Assert.Throws<ArgumentException>(
            () => new AvgPool2d(2).Call(Tensor.Zeros(5))).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("AvgPool2d: kernel, stride and dilation must be at least 1",
            () => new AvgPool2d(2, stride: 0));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
