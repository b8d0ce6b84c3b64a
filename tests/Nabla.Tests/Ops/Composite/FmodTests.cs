using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class FmodTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("fmod", x => x[0].Fmod(x[1]), "torch.fmod(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(0.5, 2, 3, 4)).Elementwise(),
    ];
}
