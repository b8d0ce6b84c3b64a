using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class BmmTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("bmm", x => x[0].Bmm(x[1]), "torch.bmm(x0, x1)",
            Inputs.Normal(4, 3, 5), Inputs.Normal(4, 5, 2)),
    ];

    [Fact]
    public void Wrong_shapes_are_named() => Assert.Contains(
        "Bmm expects (B, M, K) and (B, K, N) but got (1, 2, 2) and (3, 2, 2)",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(1, 2, 2).Bmm(Tensor.Zeros(3, 2, 2))).Message);
}
