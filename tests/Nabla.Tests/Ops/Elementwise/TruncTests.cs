using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class TruncTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("trunc", x => x[0].Trunc(), "torch.trunc(x0)",
            Inputs.Normal(3, 4)).Elementwise(),
    ];
}
