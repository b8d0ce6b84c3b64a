using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class UnfoldTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("unfold", x => x[0].Unfold(1, 3, 1), "x0.unfold(1, 3, 1)", Inputs.Normal(2, 5))
            .Also(Inputs.Normal(2, 4, 2)),
        new OpCase("unfold by step", x => x[0].Unfold(0, 2, 3), "x0.unfold(0, 2, 3)",
            Inputs.Normal(7, 2)).Also(Inputs.Normal(2)),
    ];

    [Fact]
    public void Wrong_windows_are_named()
    {
        Throws("Unfold: windows of 4 at steps of 1 do not fit dimension 1 of shape (2, 3)",
            () => Tensor.Zeros(2, 3).Unfold(1, 4, 1));
        Throws("Unfold: windows of 2 at steps of 0 do", () => Tensor.Zeros(2, 3).Unfold(1, 2, 0));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
