using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class LerpTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("lerp", x => x[0].Lerp(x[1], x[2]), "torch.lerp(x0, x1, x2)",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4), Inputs.Uniform(0, 1, 3, 4))
            .Elementwise(),
        new OpCase("lerp by a number", x => x[0].Lerp(x[1], 0.25), "torch.lerp(x0, x1, 0.25)",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
    ];
}
