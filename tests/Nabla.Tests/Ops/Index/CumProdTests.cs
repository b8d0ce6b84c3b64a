using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class CumProdTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("cumprod", x => x[0].CumProd(-1), "x0.cumprod(-1)", Inputs.Uniform(0.5, 2, 2, 4))
            .Also(Inputs.Normal(3, 2))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int64, DType.Bool] },
        new OpCase("of zeros", x => x[0].CumProd(0), "x0.cumprod(0)",
            Inputs.Values(new Shape(4, 3), 2, 3, 0, 1, 0, 5, 4, 2, 0, 3, 1, 7)),
        new OpCase("with one zero", x => x[0].CumProd(0), "x0.cumprod(0)",
            Inputs.Values(2, -3, 0, 4, 5)),
    ];

    [Fact]
    public void A_missing_dimension_is_named() => Throws(
        "dimension 2 does not exist in shape (2, 3)", () => Tensor.Zeros(2, 3).CumProd(2));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
