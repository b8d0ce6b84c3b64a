using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class AsinTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("asin", x => x[0].Asin(), "torch.asin(x0)",
            Inputs.Uniform(-0.9, 0.9, 3, 4)).Elementwise(),
    ];
}
