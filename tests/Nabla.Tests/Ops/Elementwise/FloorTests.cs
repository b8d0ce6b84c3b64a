using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class FloorTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("floor", x => x[0].Floor(), "torch.floor(x0)",
            Inputs.Normal(3, 4)).Elementwise(),
    ];
}
