using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class AcosTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("acos", x => x[0].Acos(), "torch.acos(x0)",
            Inputs.Uniform(-0.9, 0.9, 3, 4)).Elementwise(),
    ];
}
