using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class AddmmTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("addmm", x => x[0].Addmm(x[1], x[2], 0.5, 2),
            "torch.addmm(x0, x1, x2, beta=0.5, alpha=2)",
            Inputs.Normal(2), Inputs.Normal(3, 5), Inputs.Normal(5, 2)),
    ];

    [Fact]
    public void Wrong_shapes_are_named() => Assert.Contains(
        "Mm expects (M, K) and (K, N) but got (2,) and (2, 2)",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(2).Addmm(Tensor.Zeros(2), Tensor.Zeros(2, 2))).Message);
}
