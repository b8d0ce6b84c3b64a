using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class SliceTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("slice", x => x[0].Slice(1, 1..^1), "x0[:, 1:-1]", Inputs.Normal(2, 5))
            .Also(Inputs.Normal(3, 2, 2)),
        new OpCase("slice by step", x => x[0].Slice(-1, 1.., 2), "x0[..., 1::2]",
            Inputs.Normal(2, 6)).Also(Inputs.Normal(7)),
        new OpCase("narrow", x => x[0].Narrow(0, -3, 2), "x0.narrow(0, x0.shape[0] - 3, 2)",
            Inputs.Normal(4, 2)),
    ];

    [Fact]
    public void It_is_a_view()
    {
        var x = Tensor.Zeros(2, 3);
        x[.., ^1..] = 7;
        Assert.Equal([0f, 0, 7, 0, 0, 7], x.ToArray<float>());
    }

    [Fact]
    public void Wrong_ranges_are_named()
    {
        var x = Tensor.Zeros(2, 5);
        Throws("Slice: the range 1..6 leaves dimension 1 of shape (2, 5), which has 5 elements",
            () => x.Slice(1, 1..6));
        Throws("Slice: the range 3..2 leaves dimension -1", () => x.Slice(-1, 3..2));
        Throws("Slice: the range ^6..2 leaves", () => x.Slice(-1, ^6..2));
        Throws("Slice: the step must be at least 1, got -1; Flip turns a dimension round",
            () => x.Slice(1, .., -1));
        Throws("Narrow: 3 elements from 3 on leave dimension 1 of shape (2, 5), which has 5",
            () => x.Narrow(1, 3, 3));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
