using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class LinearIndexTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("places", x => new LinearIndexOp(new Shape(3, 4)).Apply(x[0], x[1]),
            "(x0 % 3) * 4 + x1 % 4", Inputs.Integers(-3, 3, 2, 5), Inputs.Integers(-4, 4, 2, 5))
        { Differentiable = false },
    ];

    [Fact]
    public void Coordinates_that_leave_the_box_are_named()
    {
        Throws("indexing: index -5 (element 1 of the indices) leaves a dimension of 4 elements; "
            + "expected -4 … 3", () => new LinearIndexOp(new Shape(3, 4))
                .Apply(Tensor.From(0L, 1), Tensor.From(0L, -5)));
        Throws("indexing: index 3 (element 0", () => new LinearIndexOp(new Shape(3, 4))
            .Apply(Tensor.From(3L), Tensor.From(0L)));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
