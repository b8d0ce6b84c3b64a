using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class PermuteTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("permute", x => x[0].Permute(2, 0, 1), "x0.permute(2, 0, 1)",
            Inputs.Normal(2, 3, 4)),
        new OpCase("transpose", x => x[0].Transpose(), "x0.transpose(-1, -2)", Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void A_dimension_named_twice_is_refused() => Assert.Contains("once",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(3, 4).Permute(0, 0)).Message);
}
