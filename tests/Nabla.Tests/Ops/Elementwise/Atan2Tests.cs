using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class Atan2Tests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("atan2", x => x[0].Atan2(x[1]), "torch.atan2(x0, x1)",
            Inputs.Uniform(0.25, 3, 3, 4), Inputs.Uniform(0.25, 3, 3, 4)).Elementwise(),
    ];
}
