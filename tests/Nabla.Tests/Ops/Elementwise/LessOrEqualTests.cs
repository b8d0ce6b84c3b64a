using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class LessOrEqualTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("lessorequal", x => x[0] <= x[1], "x0 <= x1",
            Inputs.Values(1, 2, 3, 4), Inputs.Values(1, 3, 2, 4))
        { Differentiable = false },
    ];
}
