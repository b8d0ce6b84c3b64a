using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class SinhTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sinh", x => x[0].Sinh(), "torch.sinh(x0)", Inputs.Normal(3, 4)).Elementwise(),
    ];
}
