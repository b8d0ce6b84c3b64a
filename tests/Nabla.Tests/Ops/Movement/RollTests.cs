using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class RollTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("roll", x => x[0].Roll(2, 1), "x0.roll(2, 1)", Inputs.Normal(2, 5))
            .Also(Inputs.Normal(2, 0))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int32] },
        new OpCase("roll two", x => x[0].Roll([-1, 7], [0, -1]), "x0.roll((-1, 7), (0, -1))",
            Inputs.Normal(3, 2, 4)),
    ];

    [Fact]
    public void Each_dimension_has_its_shift() => Throws(
        "Roll: 1 shifts do not fit 2 dimensions; give one shift a dimension",
        () => Tensor.Zeros(2, 3).Roll([1], [0, 1]));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
