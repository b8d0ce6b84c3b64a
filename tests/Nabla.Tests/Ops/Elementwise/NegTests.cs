using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class NegTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("neg", x => -x[0], "-x0",
            Inputs.Normal(3, 4)).Elementwise(),
    ];
}
