using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class VStackTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("vstack", x => Tensor.VStack(x), "torch.vstack((x0, x1))",
            Inputs.Normal(2, 3), Inputs.Normal(1, 3)).Also(Inputs.Normal(3), Inputs.Normal(3)),
    ];
}
