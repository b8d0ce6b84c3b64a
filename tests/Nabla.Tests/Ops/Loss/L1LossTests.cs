using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Loss;

public class L1LossTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("l1_loss", x => x[0].L1Loss(x[1], Reduction.Sum),
            "F.l1_loss(x0, x1, reduction='sum')",
            Inputs.Distinct(-2, 0, 3, 4), Inputs.Distinct(-1, 3, 3, 4)),
    ];

    [Fact]
    public void Shapes_must_be_equal() => Assert.Contains("L1Loss expects",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(3, 1).L1Loss(Tensor.Zeros(3))).Message);
}
