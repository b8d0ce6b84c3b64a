using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class Exp2Tests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("exp2", x => x[0].Exp2(), "torch.exp2(x0)", Inputs.Normal(3, 4)).Elementwise(),
    ];
}
