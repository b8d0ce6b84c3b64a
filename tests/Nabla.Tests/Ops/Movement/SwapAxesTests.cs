using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class SwapAxesTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("swapaxes", x => x[0].SwapAxes(0, -1), "x0.swapaxes(0, -1)",
            Inputs.Normal(2, 3, 4)),
    ];
}
