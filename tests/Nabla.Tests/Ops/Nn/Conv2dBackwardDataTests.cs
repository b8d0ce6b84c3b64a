using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class Conv2dBackwardDataTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("conv2d backward data",
            x => new Conv2dBackwardDataOp(new Conv2dGeometry(2, 1, 1, 2), new(5, 4))
                .Apply(x[0], x[1]),
            "F.conv_transpose2d(x0, x1, stride=2, padding=1, output_padding=(0, 1), groups=2)",
            Inputs.Normal(2, 4, 3, 2), Inputs.Normal(4, 1, 3, 3)),
    ];
}
