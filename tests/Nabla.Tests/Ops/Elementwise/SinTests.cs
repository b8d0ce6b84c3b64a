using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class SinTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sin", x => x[0].Sin(), "torch.sin(x0)",
            Inputs.Normal(3, 4)).Elementwise(),
    ];
}
