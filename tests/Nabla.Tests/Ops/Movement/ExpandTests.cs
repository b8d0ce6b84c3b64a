using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class ExpandTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("expand", x => x[0].Expand(2, -1, 3), "x0.expand(2, -1, 3)", Inputs.Normal(2, 1))
            .Also(Inputs.Normal(4, 3)),
        new OpCase("broadcast to", x => x[0].BroadcastTo(new Shape(2, 0)), "x0.expand(2, 0)",
            Inputs.Normal(2, 1)),
    ];

    [Fact]
    public void Sizes_that_do_not_repeat_are_named() => Throws(
        "Expand: the shape (2, 3) does not expand to (2, 6); only sizes of 1 repeat",
        () => Tensor.Zeros(2, 3).Expand(2, 6));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
