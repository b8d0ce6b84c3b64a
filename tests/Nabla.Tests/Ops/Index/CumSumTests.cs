using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class CumSumTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("cumsum", x => x[0].CumSum(1), "x0.cumsum(1)", Inputs.Normal(2, 5))
            .Also(Inputs.Normal(2, 3, 2)).Also(Inputs.Normal(2, 0))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.Bool] },
        new OpCase("of a scalar", x => x[0].CumSum(0), "x0.cumsum(0)", Inputs.Normal()),
        new OpCase("from the end", x => new CumSumOp(0, Reverse: true).Apply(x[0]),
            "x0.flip(0).cumsum(0).flip(0)", Inputs.Normal(4, 2)),
    ];

    [Fact]
    public void A_missing_dimension_is_named() => Throws(
        "dimension 2 does not exist in shape (2, 3)", () => Tensor.Zeros(2, 3).CumSum(2));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
