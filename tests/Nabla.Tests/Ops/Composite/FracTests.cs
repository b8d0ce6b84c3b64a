using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class FracTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("frac", x => x[0].Frac(), "torch.frac(x0)",
            Inputs.Distinct(-3, 3, 3, 4)).Elementwise(),
    ];
}
