using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class IsFiniteTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("isfinite", x => (1 / x[0]).IsFinite(), "torch.isfinite(1 / x0)",
            Inputs.Values(1, 0, 2, -3))
        { Differentiable = false },
    ];
}
