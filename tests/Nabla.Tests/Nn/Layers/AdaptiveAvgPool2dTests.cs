using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class AdaptiveAvgPool2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("AdaptiveAvgPool2d", x => new AdaptiveAvgPool2d((2, 3)).Call(x[0]),
            "torch.nn.AdaptiveAvgPool2d((2, 3))(x0)", Inputs.Normal(2, 1, 5, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new AdaptiveAvgPool2d((2, 3)).StateDict());
        Assert.Equal("AdaptiveAvgPool2d(output_size=(2, 3))",
            new AdaptiveAvgPool2d((2, 3)).ToString());
    }

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Contains(
        "AdaptiveAvgPool2d expects (N, C, H, W) or (C, H, W) but got (5,)",
        Assert.Throws<ArgumentException>(
            () => new AdaptiveAvgPool2d(2).Call(Tensor.Zeros(5))).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("AdaptiveAvgPool2d: the output size must be at least 1, got (0, 0)",
            () => new AdaptiveAvgPool2d(0));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
