using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class SqueezeTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("squeeze", x => x[0].Squeeze(1), "x0.squeeze(1)", Inputs.Normal(2, 1, 3))
            .Also(Inputs.Normal(2, 3)),
        new OpCase("squeeze all", x => x[0].Squeeze(), "x0.squeeze()", Inputs.Normal(1, 2, 1))
            .Also(Inputs.Normal(1)),
        new OpCase("unsqueeze", x => x[0].Unsqueeze(1), "x0.unsqueeze(1)", Inputs.Normal(2, 3)),
        new OpCase("unsqueeze at the end", x => x[0].Unsqueeze(-1), "x0.unsqueeze(-1)",
            Inputs.Normal(2, 3)).Also(Inputs.Normal()),
    ];

    [Fact]
    public void It_is_a_view_of_any_strides()
    {
        var x = Tensor.Zeros(2, 3).T;
        Assert.Same(x.Storage, x.Unsqueeze(1).Storage);
        Assert.Same(x.Storage, x.Unsqueeze(1).Squeeze(1).Storage);
    }

    [Fact]
    public void Wrong_dimensions_are_named()
    {
        Throws("cannot insert a dimension at 4 into (2, 3); expected -3 … 2",
            () => Tensor.Zeros(2, 3).Unsqueeze(4));
        Throws("dimension 2 does not exist in shape (2, 3)", () => Tensor.Zeros(2, 3).Squeeze(2));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
