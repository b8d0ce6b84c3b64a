using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class OuterTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("outer", x => x[0].Outer(x[1]), "torch.outer(x0, x1)",
            Inputs.Normal(3), Inputs.Normal(5)),
    ];

    [Fact]
    public void Wrong_shapes_are_named() => Assert.Contains(
        "Outer expects (M,) and (N,) but got (2, 2) and (2,)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 2).Outer(Tensor.Zeros(2))).Message);
}
