using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class RoundTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("round", x => x[0].Round(), "torch.round(x0)",
            Inputs.Normal(3, 4)).Elementwise(),
    ];
}
