using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class Conv2dBackwardBiasTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("conv2d backward bias", x => Conv2dBackwardBiasOp.Instance.Apply(x[0]),
            "x0.sum((0, 2, 3))", Inputs.Normal(2, 3, 4, 5)),
    ];
}
