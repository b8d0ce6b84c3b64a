using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Loss;

public class MseLossTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("mse_loss", x => x[0].MseLoss(x[1]), "F.mse_loss(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
        new OpCase("mse_loss of each", x => x[0].MseLoss(x[1], Reduction.None),
            "F.mse_loss(x0, x1, reduction='none')", Inputs.Normal(5), Inputs.Normal(5)),
    ];

    [Fact]
    public void Shapes_must_be_equal() => Assert.Equal(
        "MseLoss expects input and target of one shape but got (3, 1) and (3,); reshape or expand "
        + "one of them",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(3, 1).MseLoss(Tensor.Zeros(3))).Message);
}
