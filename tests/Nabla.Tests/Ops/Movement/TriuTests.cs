using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class TriuTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("triu", x => x[0].Triu(), "x0.triu()", Inputs.Normal(3, 4))
            .Also(Inputs.Normal(2, 3, 2)).Also(Inputs.Normal(0, 3))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int64, DType.Bool] },
        new OpCase("triu above", x => x[0].Triu(1), "x0.triu(1)", Inputs.Normal(3, 3)),
        new OpCase("triu below", x => x[0].Triu(-2), "x0.triu(-2)", Inputs.Normal(4, 3)),
    ];

    [Fact]
    public void It_takes_matrices() => Throws(
        "Triu expects matrices (…, M, N) but got (3,)", () => Tensor.Zeros(3).Triu());

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
