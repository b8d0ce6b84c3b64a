using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Losses;

public class SmoothL1LossTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("SmoothL1Loss", x => new SmoothL1Loss(0.5).Call(x[0], x[1]),
            "torch.nn.SmoothL1Loss(beta=0.5)(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void Beta_is_not_below_0() => Assert.Contains("got -1",
        Assert.Throws<ArgumentException>(
            () => new SmoothL1Loss(-1).Call(Tensor.Zeros(2), Tensor.Zeros(2))).Message);
}
