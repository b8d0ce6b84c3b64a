using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ErfTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("erf", x => x[0].Erf(), "torch.erf(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("erf at its edges", x => x[0].Erf(), "torch.erf(x0)", Special.Values),
    ];
}
