using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class FlipTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("flip", x => x[0].Flip(0), "x0.flip(0)", Inputs.Normal(3, 2))
            .Also(Inputs.Normal(0, 2)) with { DTypes = [DType.Float32, DType.Float64, DType.Bool] },
        new OpCase("flip two", x => x[0].Flip(0, -1), "x0.flip(0, -1)", Inputs.Normal(2, 3, 4)),
    ];

    [Fact]
    public void A_dimension_is_named_once() => Throws(
        "Flip: dimension -1 of shape (2, 3) is named twice", () => Tensor.Zeros(2, 3).Flip(1, -1));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
