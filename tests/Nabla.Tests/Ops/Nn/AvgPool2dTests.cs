using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class AvgPool2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("avg_pool2d", x => x[0].AvgPool2d(2), "F.avg_pool2d(x0, 2)",
            Inputs.Normal(2, 2, 5, 4)),
        new OpCase("avg_pool2d padded", x => x[0].AvgPool2d((3, 2), 2, 1, ceilMode: true),
            "F.avg_pool2d(x0, (3, 2), 2, 1, ceil_mode=True)", Inputs.Normal(2, 1, 5, 4)),
        new OpCase("avg_pool2d without padding in the mean",
            x => x[0].AvgPool2d(3, 2, 1, countIncludePad: false),
            "F.avg_pool2d(x0, 3, 2, 1, count_include_pad=False)", Inputs.Normal(1, 5, 4)),
        new OpCase("avg_pool2d with a divisor", x => x[0].AvgPool2d(2, divisorOverride: 3),
            "F.avg_pool2d(x0, 2, divisor_override=3)", Inputs.Normal(2, 4, 4)),
        new OpCase("avg_pool2d backward",
            x => new AvgPool2dBackwardOp(new AvgPool2dOp(new(2, 2, 0, 1, false), true, 0),
                new Shape(1, 4, 4)).Apply(x[0]),
            "x0.repeat_interleave(2, 1).repeat_interleave(2, 2) / 4", Inputs.Normal(1, 2, 2)),
    ];

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Contains(
        "AvgPool2d: the window (9, 9)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(1, 4, 4).AvgPool2d(9)).Message);
}
