using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class Expm1Tests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("expm1", x => x[0].Expm1(), "torch.expm1(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All, Tolerance = 2e-5 }.Elementwise(),
        new OpCase("expm1 at its edges", x => x[0].Expm1(), "torch.expm1(x0)", Special.Values),
    ];
}
