using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class CeilTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("ceil", x => x[0].Ceil(), "torch.ceil(x0)",
            Inputs.Normal(3, 4)).Elementwise(),
    ];
}
