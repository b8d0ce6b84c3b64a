using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class MmTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("mm", x => x[0].Mm(x[1]), "torch.mm(x0, x1)",
            Inputs.Normal(3, 5), Inputs.Normal(5, 2)),
    ];

    [Fact]
    public void Wrong_shapes_are_named() => Assert.Contains(
        "Mm expects (M, K) and (K, N) but got (2, 2) and (2,)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 2).Mm(Tensor.Zeros(2))).Message);
}
