using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class LogicalNotTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("logicalnot", x => x[0].LogicalNot(), "torch.logical_not(x0)",
            Inputs.Values(1, 0, -2, 0))
        { Differentiable = false },
    ];
}
