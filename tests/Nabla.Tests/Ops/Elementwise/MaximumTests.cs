using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class MaximumTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("maximum", x => x[0].Maximum(x[1]), "torch.maximum(x0, x1)",
            Inputs.Distinct(-3, 3, 3, 4), Inputs.Uniform(-3, 3, 3, 4)).Elementwise(),
    ];
}
