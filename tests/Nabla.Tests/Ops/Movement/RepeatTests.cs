using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class RepeatTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("repeat", x => x[0].Repeat(2, 1, 3), "x0.repeat(2, 1, 3)", Inputs.Normal(2, 2))
            .Also(Inputs.Normal(1, 2, 3)),
        new OpCase("repeat never", x => x[0].Repeat(0, 2), "x0.repeat(0, 2)", Inputs.Normal(2, 2)),
        new OpCase("tile", x => x[0].Tile(3), "torch.tile(x0, (3,))", Inputs.Normal(2, 2)),
        new OpCase("repeat interleave", x => x[0].RepeatInterleave(2, 0),
            "torch.repeat_interleave(x0, 2, 0)", Inputs.Normal(3, 2)),
        new OpCase("repeat interleave the last", x => x[0].RepeatInterleave(3, -1),
            "torch.repeat_interleave(x0, 3, -1)", Inputs.Normal(3, 2)),
    ];

    [Fact]
    public void What_is_repeated_once_is_a_copy()
    {
        var x = Tensor.Zeros(2, 2);
        Assert.NotSame(x.Storage, x.Repeat(1, 1, 1).Storage);
    }

    [Fact]
    public void Wrong_counts_are_named()
    {
        Throws("Repeat: (2) must give one count, 0 or more, for each dimension of (2, 3)",
            () => Tensor.Zeros(2, 3).Repeat(2));
        Throws("Repeat: (2, -1) must give", () => Tensor.Zeros(2, 3).Repeat(2, -1));
        Throws("RepeatInterleave: the count must be 0 or more, got -1",
            () => Tensor.Zeros(2).RepeatInterleave(-1, 0));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
