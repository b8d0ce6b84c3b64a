using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class IsNanTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("isnan", x => x[0].IsNan(), "torch.isnan(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false }.Elementwise(),
        new OpCase("isnan at its edges", x => x[0].IsNan(), "torch.isnan(x0)", Special.Values)
        { Differentiable = false },
    ];
}
