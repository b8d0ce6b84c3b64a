using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class LogicalNotTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("logicalnot", x => x[0].LogicalNot(), "torch.logical_not(x0)",
            Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false }.Elementwise(),
        new OpCase("logicalnot at its edges", x => x[0].LogicalNot(), "torch.logical_not(x0)",
            Special.Values)
        { Differentiable = false },
    ];
}
