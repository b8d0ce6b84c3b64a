using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class IsFiniteTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("isfinite", x => x[0].IsFinite(), "torch.isfinite(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false }.Elementwise(),
        new OpCase("isfinite at its edges", x => x[0].IsFinite(), "torch.isfinite(x0)",
            Special.Values)
        { Differentiable = false },
    ];
}
