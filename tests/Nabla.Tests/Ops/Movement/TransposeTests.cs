using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class TransposeTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("transpose", x => x[0].Transpose(0, 2), "x0.transpose(0, 2)",
            Inputs.Normal(2, 3, 4)),
        new OpCase("the last two", x => x[0].Transpose(), "x0.mT", Inputs.Normal(2, 3, 4))
            .Also(Inputs.Normal(3, 2)),
        new OpCase("T", x => x[0].T, "x0.T", Inputs.Normal(2, 3)).Also(Inputs.Normal(3)),
        new OpCase("swap", x => x[0].SwapDims(0, -1), "x0.swapdims(0, -1)", Inputs.Normal(2, 3, 4)),
        new OpCase("move", x => x[0].MoveDim(-1, 0), "x0.movedim(-1, 0)", Inputs.Normal(2, 3, 4)),
        new OpCase("move two", x => x[0].MoveDim([0, 1], [-1, 0]), "x0.movedim((0, 1), (-1, 0))",
            Inputs.Normal(2, 3, 4)),
    ];

    [Fact]
    public void Wrong_moves_are_named()
    {
        var x = Tensor.Zeros(2, 3, 4);
        Throws("MoveDim: (0) to (1, 2) must be equally many dimensions of (2, 3, 4), each named "
            + "once", () => x.MoveDim([0], [1, 2]));
        Throws("MoveDim: (0, -3) to (1, 2) must be", () => x.MoveDim([0, -3], [1, 2]));
        Throws("MoveDim: (0, 1) to (1, 1) must be", () => x.MoveDim([0, 1], [1, 1]));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
