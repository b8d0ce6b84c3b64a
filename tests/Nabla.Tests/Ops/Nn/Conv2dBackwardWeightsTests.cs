using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class Conv2dBackwardWeightsTests : OpTests
{
    // With the channels of images and weights swapped it is a convolution whose stride and
    // dilation are swapped.
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("conv2d backward weights",
            x => new Conv2dBackwardWeightsOp(new Conv2dGeometry(2, 1, 1, 1), new(3, 3))
                .Apply(x[0], x[1]),
            "F.conv2d(x0.transpose(0, 1), x1.transpose(0, 1), padding=1, dilation=2)"
                + ".transpose(0, 1)",
            Inputs.Normal(2, 3, 5, 5), Inputs.Normal(2, 4, 3, 3)),
    ];
}
