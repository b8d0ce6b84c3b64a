using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class CoshTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("cosh", x => x[0].Cosh(), "torch.cosh(x0)", Inputs.Normal(3, 4)).Elementwise(),
    ];
}
