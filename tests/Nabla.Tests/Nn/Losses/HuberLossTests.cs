using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Losses;

public class HuberLossTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("HuberLoss", x => new HuberLoss(0.5).Call(x[0], x[1]),
            "torch.nn.HuberLoss(delta=0.5)(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void Delta_is_above_0() => Assert.Contains("got 0",
        Assert.Throws<ArgumentException>(
            () => new HuberLoss(0).Call(Tensor.Zeros(2), Tensor.Zeros(2))).Message);
}
