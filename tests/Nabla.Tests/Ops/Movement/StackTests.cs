using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class StackTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("stack", x => Tensor.Stack(x, 1), "torch.stack([x0, x1], 1)",
            Inputs.Normal(2, 3), Inputs.Normal(2, 3))
            .Also(Inputs.Normal(0, 2), Inputs.Normal(0, 2)),
        new OpCase("stack at the end", x => Tensor.Stack(x, -1), "torch.stack([x0, x1], -1)",
            Inputs.Normal(2, 3), Inputs.Normal(2, 3))
            .Also(Inputs.Normal(), Inputs.Normal()),
    ];

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("Stack needs at least one tensor", () => Tensor.Stack([]));
        Throws("Stack: tensor 1 has shape (3,), but tensor 0 has (2,); they must be equal",
            () => Tensor.Stack([Tensor.Zeros(2), Tensor.Zeros(3)]));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
