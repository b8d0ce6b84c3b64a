using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class MatMulTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("mm", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(3, 5), Inputs.Normal(5, 4)),
        new OpCase("mv", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(3, 5), Inputs.Normal(5)),
        new OpCase("dot", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(5), Inputs.Normal(5)),
        new OpCase("bmm_broadcast", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(2, 1, 3, 5), Inputs.Normal(4, 5, 2)),
        new OpCase("batch_times_matrix", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(2, 3, 5), Inputs.Normal(5, 2)),
    ];

    [Fact]
    public void Sizes_that_do_not_meet_are_named() => Assert.Contains("(3, 4) and (3, 4)",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(3, 4).MatMul(Tensor.Zeros(3, 4))).Message);
}
