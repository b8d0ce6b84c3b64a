using Nabla.Ops;
using Nabla.Tests.Infrastructure;
using Nabla.Tests.Ops.Elementwise;

namespace Nabla.Tests.Ops.Nn;

public class SiluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("silu", x => x[0].Silu(), "F.silu(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("silu of large numbers", x => x[0].Silu(), "F.silu(x0)",
            Inputs.Values(-1000, -20, -7.5, 7.5, 1000)),
        new OpCase("silu of special values", x => x[0].Silu(), "F.silu(x0)", Special.Values),
    ];
}
