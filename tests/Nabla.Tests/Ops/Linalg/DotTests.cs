using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class DotTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("dot", x => x[0].Dot(x[1]), "torch.dot(x0, x1)",
            Inputs.Normal(7), Inputs.Normal(7)),
    ];

    [Fact]
    public void Wrong_shapes_are_named() => Assert.Contains(
        "Dot expects (K,) and (K,) but got (2, 2) and (2,)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 2).Dot(Tensor.Zeros(2))).Message);
}
