using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ReluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("relu", x => x[0].Relu(), "torch.relu(x0)",
            Inputs.Normal(3, 4)).Elementwise(),
    ];
}
