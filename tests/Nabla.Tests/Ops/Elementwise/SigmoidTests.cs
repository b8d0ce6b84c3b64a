using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class SigmoidTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sigmoid", x => x[0].Sigmoid(), "torch.sigmoid(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("sigmoid at its edges", x => x[0].Sigmoid(), "torch.sigmoid(x0)",
            Inputs.Values(-1000, -100, 0, 100, 1000)),
    ];
}
