using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class AdaptiveAvgPool2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("adaptive_avg_pool2d", x => x[0].AdaptiveAvgPool2d((2, 3)),
            "F.adaptive_avg_pool2d(x0, (2, 3))", Inputs.Normal(2, 1, 5, 4)),
        new OpCase("adaptive_avg_pool2d to a larger size", x => x[0].AdaptiveAvgPool2d(4),
            "F.adaptive_avg_pool2d(x0, 4)", Inputs.Normal(2, 3, 3)),
        new OpCase("the global mean", x => x[0].AdaptiveAvgPool2d(1),
            "x0.mean((2, 3), keepdim=True)", Inputs.Normal(2, 3, 3, 2)),
        new OpCase("adaptive_avg_pool2d backward",
            x => new AdaptiveAvgPool2dBackwardOp(new(4, 2)).Apply(x[0]),
            "x0.repeat_interleave(2, 1).repeat_interleave(1, 2) / 2", Inputs.Normal(1, 2, 2)),
    ];

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
