using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class SplitTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("split", x => x[0].Split(2, 1), "x0.split(2, 1)", Inputs.Normal(2, 5)),
        new OpCase("split by sizes", x => x[0].Split([1, 0, 3]), "x0.split([1, 0, 3])",
            Inputs.Normal(4, 2)),
        new OpCase("chunk", x => x[0].Chunk(3, -1), "x0.chunk(3, -1)", Inputs.Normal(2, 7))
            .Also(Inputs.Normal(2)),
        new OpCase("unbind", x => x[0].Unbind(1), "x0.unbind(1)", Inputs.Normal(2, 3)),
    ];

    [Fact]
    public void Wrong_sizes_are_named()
    {
        var x = Tensor.Zeros(4, 2);
        Throws("Split: a piece has at least 1 element, got 0", () => x.Split(0));
        Throws("Split: the sizes (1, 2) sum to 3, but dimension 0 of shape (4, 2) has 4",
            () => x.Split([1, 2]));
        Throws("Chunk: there is at least 1 piece, got 0", () => x.Chunk(0));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
