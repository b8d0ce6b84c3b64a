using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Losses;

public class MSELossTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("MSELoss", x => new MSELoss().Call(x[0], x[1]),
            "torch.nn.MSELoss()(x0, x1)", Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void Shapes_must_be_equal() => Assert.Contains("(2,) and (2, 1)",
        Assert.Throws<ArgumentException>(
            () => new MSELoss().Call(Tensor.Zeros(2), Tensor.Zeros(2, 1))).Message);
}
