using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class OrTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("or", x => x[0] | x[1], "x0 | x1",
            Inputs.Bools(3, 5), Inputs.Bools(3, 5))
        { Differentiable = false },
    ];
}
