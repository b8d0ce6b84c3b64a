using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class SelectTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("select", x => x[0].Select(1, 2), "x0.select(1, 2)", Inputs.Normal(2, 3, 2)),
        new OpCase("select from the end", x => x[0].Select(0, -1), "x0.select(0, -1)",
            Inputs.Normal(2, 3)).Also(Inputs.Normal(3)),
    ];

    [Fact]
    public void A_wrong_index_is_named()
    {
        Throws("Select: index 3 leaves dimension 1 of shape (2, 3), which has 3 elements",
            () => Tensor.Zeros(2, 3).Select(1, 3));
        Throws("Select: index -1 leaves dimension 0 of shape (0,), which has 0 elements",
            () => Tensor.Zeros(0).Select(0, -1));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
