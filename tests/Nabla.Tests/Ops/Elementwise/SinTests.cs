using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class SinTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sin", x => x[0].Sin(), "torch.sin(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("sin at its edges", x => x[0].Sin(), "torch.sin(x0)", Special.Values),
    ];
}
