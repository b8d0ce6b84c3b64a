using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ExpTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("exp", x => x[0].Exp(), "torch.exp(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All, Tolerance = 2e-5 }.Elementwise(),
        new OpCase("exp at its edges", x => x[0].Exp(), "torch.exp(x0)", Special.Values),
    ];
}
