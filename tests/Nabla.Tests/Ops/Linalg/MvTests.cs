using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class MvTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("mv", x => x[0].Mv(x[1]), "torch.mv(x0, x1)",
            Inputs.Normal(3, 5), Inputs.Normal(5)),
    ];

    [Fact]
    public void Wrong_shapes_are_named() => Assert.Contains(
        "Mv expects (M, K) and (K,) but got (2,) and (2,)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(2).Mv(Tensor.Zeros(2))).Message);
}
