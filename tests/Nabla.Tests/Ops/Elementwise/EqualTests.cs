using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class EqualTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("equal", x => x[0].Eq(x[1]), "torch.eq(x0, x1)",
            Inputs.Values(1, 2, 3, 4), Inputs.Values(1, 3, 2, 4))
        { Differentiable = false },
    ];
}
