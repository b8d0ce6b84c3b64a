using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class SiluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("silu", x => x[0].Silu(), "F.silu(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
    ];
}
