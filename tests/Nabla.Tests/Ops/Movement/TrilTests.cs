using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class TrilTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("tril", x => x[0].Tril(), "x0.tril()", Inputs.Normal(3, 4))
            .Also(Inputs.Normal(2, 3, 2)).Also(Inputs.Normal(0, 3))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int64, DType.Bool] },
        new OpCase("tril above", x => x[0].Tril(1), "x0.tril(1)", Inputs.Normal(3, 3)),
        new OpCase("tril below", x => x[0].Tril(-2), "x0.tril(-2)", Inputs.Normal(4, 3)),
    ];

    [Fact]
    public void It_takes_matrices() => Throws(
        "Tril expects matrices (…, M, N) but got (3,)", () => Tensor.Zeros(3).Tril());

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
