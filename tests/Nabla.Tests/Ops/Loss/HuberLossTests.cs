using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Loss;

public class HuberLossTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("huber_loss", x => x[0].HuberLoss(x[1], 1.5),
            "F.huber_loss(x0, x1, delta=1.5)", Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
        new OpCase("smooth_l1_loss", x => x[0].SmoothL1Loss(x[1], 0.5, Reduction.None),
            "F.smooth_l1_loss(x0, x1, beta=0.5, reduction='none')",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
        new OpCase("smooth_l1_loss without a curve", x => x[0].SmoothL1Loss(x[1], 0),
            "F.smooth_l1_loss(x0, x1, beta=0.0)", Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void Wrong_inputs_are_named()
    {
        var x = Tensor.Zeros(3);
        Assert.Contains("delta must be above 0, got 0",
            Assert.Throws<ArgumentException>(() => x.HuberLoss(x, 0)).Message);
        Assert.Contains("beta must not be below 0, got -1",
            Assert.Throws<ArgumentException>(() => x.SmoothL1Loss(x, -1)).Message);
        Assert.Contains("SmoothL1Loss expects input and target of one shape",
            Assert.Throws<ArgumentException>(
                () => x.SmoothL1Loss(Tensor.Zeros(1))).Message);
    }
}
