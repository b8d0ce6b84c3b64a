using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class IsNanTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("isnan", x => (x[0] / x[0]).IsNan(), "torch.isnan(x0 / x0)",
            Inputs.Values(1, 0, 2, -3))
        { Differentiable = false },
    ];
}
