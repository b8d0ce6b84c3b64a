using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class HypotTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("hypot", x => x[0].Hypot(x[1]), "torch.hypot(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4)).Elementwise(),
    ];
}
