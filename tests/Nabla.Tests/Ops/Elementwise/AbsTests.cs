using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class AbsTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("abs", x => x[0].Abs(), "torch.abs(x0)",
            Inputs.Normal(3, 4)).Elementwise(),
    ];
}
