using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class IsInfTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("isinf", x => x[0].IsInf(), "torch.isinf(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false }.Elementwise(),
        new OpCase("isinf at its edges", x => x[0].IsInf(), "torch.isinf(x0)", Special.Values)
        { Differentiable = false },
    ];
}
