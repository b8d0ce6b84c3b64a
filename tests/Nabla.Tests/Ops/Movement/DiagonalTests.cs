using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class DiagonalTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("diagonal", x => x[0].Diagonal(), "x0.diagonal()", Inputs.Normal(3, 4))
            .Also(Inputs.Normal(2, 2, 3)),
        new OpCase("above", x => x[0].Diagonal(1, -2, -1), "x0.diagonal(1, -2, -1)",
            Inputs.Normal(2, 3, 4)),
        new OpCase("below", x => x[0].Diagonal(-2, 2, 0), "x0.diagonal(-2, 2, 0)",
            Inputs.Normal(2, 3, 4)),
        new OpCase("none", x => x[0].Diagonal(5), "x0.diagonal(5)", Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_takes_two_dimensions() => Throws(
        "Diagonal of shape (2, 3): the dimensions 1 and -1 are one; name two",
        () => Tensor.Zeros(2, 3).Diagonal(0, 1, -1));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
