using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class HStackTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("hstack", x => Tensor.HStack(x), "torch.hstack((x0, x1))",
            Inputs.Normal(2, 3), Inputs.Normal(2, 1)).Also(Inputs.Normal(2), Inputs.Normal(3)),
    ];
}
