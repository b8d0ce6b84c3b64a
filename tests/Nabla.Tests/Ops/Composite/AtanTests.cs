using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class AtanTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("atan", x => x[0].Atan(), "torch.atan(x0)", Inputs.Normal(3, 4)).Elementwise(),
    ];
}
