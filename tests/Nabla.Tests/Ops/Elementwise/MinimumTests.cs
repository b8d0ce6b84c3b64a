using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class MinimumTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("minimum", x => x[0].Minimum(x[1]), "torch.minimum(x0, x1)",
            Inputs.Distinct(-3, 3, 3, 4), Inputs.Uniform(-3, 3, 3, 4)).Elementwise(),
    ];
}
