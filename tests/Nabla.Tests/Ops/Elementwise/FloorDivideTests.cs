using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class FloorDivideTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("floordivide", x => x[0].FloorDivide(x[1]),
            "torch.div(x0, x1, rounding_mode='floor')",
            Inputs.Normal(3, 4), Inputs.Uniform(0.5, 2, 3, 4))
        { DTypes = Types.Numbers }.Elementwise(),
        new OpCase("floor divide by negatives", x => x[0].FloorDivide(x[1]),
            "torch.div(x0, x1, rounding_mode='floor')",
            Inputs.Normal(3, 4), Inputs.Uniform(-2, -0.5, 3, 4))
        { DTypes = Types.Signed },
        new OpCase("floor divide where the quotient rounds up", x => x[0].FloorDivide(x[1]),
            "torch.div(x0, x1, rounding_mode='floor')",
            Inputs.Values(1, 0.3, 1, -1, 7).Constant(),
            Inputs.Values(0.1, 0.1, 0, 0, 3.5).Constant())
        { DTypes = [DType.Float64] },
    ];

    [Fact]
    public void An_integer_over_zero_is_zero() => Assert.Equal(
        [0L, 0L], Tensor.From(5L, -5L).FloorDivide(Tensor.From(0L, 0L)).ToArray<long>());

    [Fact]
    public void Booleans_have_no_quotient() => Assert.Throws<ArgumentException>(
        () => Tensor.From(true).FloorDivide(Tensor.From(true)));
}
