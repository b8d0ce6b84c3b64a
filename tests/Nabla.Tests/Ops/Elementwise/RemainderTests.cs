using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class RemainderTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("remainder", x => x[0].Remainder(x[1]), "torch.remainder(x0, x1)",
            Inputs.Values(5.5, -5.5, 7.25, -1.5), Inputs.Values(2, 2, -3, 4)),
    ];
}
