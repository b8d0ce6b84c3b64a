using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class RemainderTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("remainder", x => x[0] % x[1], "torch.remainder(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(0.5, 2, 3, 4))
        { DTypes = Types.Signed }.Elementwise(),
        new OpCase("remainder by negatives", x => x[0].Remainder(x[1]), "torch.remainder(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(-2, -0.5, 3, 4))
        { DTypes = Types.Signed },
    ];
}
