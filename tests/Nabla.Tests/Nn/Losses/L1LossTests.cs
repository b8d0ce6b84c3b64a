using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Losses;

public class L1LossTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("L1Loss", x => new L1Loss(Reduction.Sum).Call(x[0], x[1]),
            "torch.nn.L1Loss(reduction='sum')(x0, x1)",
            Inputs.Distinct(-2, 0, 3, 4), Inputs.Distinct(-1, 3, 3, 4)),
    ];

    [Fact]
    public void Shapes_must_be_equal() => Assert.Contains("(2,) and (2, 1)",
        Assert.Throws<ArgumentException>(
            () => new L1Loss().Call(Tensor.Zeros(2), Tensor.Zeros(2, 1))).Message);
}
