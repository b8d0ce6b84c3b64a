using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class LogAddExpTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("logaddexp", x => x[0].LogAddExp(x[1]), "torch.logaddexp(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4)).Elementwise(),
    ];
}
