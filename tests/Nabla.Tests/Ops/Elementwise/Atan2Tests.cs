using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class Atan2Tests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("atan2", x => x[0].Atan2(x[1]), "torch.atan2(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(0.3, 2, 3, 4))
        { DTypes = Types.Signed }.Elementwise(),
        new OpCase("atan2 on the left", x => x[0].Atan2(x[1]), "torch.atan2(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(-2, -0.3, 3, 4)),
        new OpCase("atan2 on the axes", x => x[0].Atan2(x[1]), "torch.atan2(x0, x1)",
            Inputs.Values(0, 0, 1, -1, 0).Constant(), Inputs.Values(1, -1, 0, 0, 0).Constant()),
    ];
}
