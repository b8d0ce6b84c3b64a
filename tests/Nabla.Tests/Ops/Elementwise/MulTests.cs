using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class MulTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("mul", x => x[0] * x[1], "x0 * x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4)).Elementwise(),
    ];
}
