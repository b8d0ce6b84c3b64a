using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class FlattenTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("flatten", x => x[0].Flatten(1), "x0.flatten(1)", Inputs.Normal(2, 3, 2))
            .Also(Inputs.Normal(2, 3)).Also(Inputs.Normal(2, 0, 3)),
        new OpCase("flatten all", x => x[0].Flatten(), "x0.flatten()", Inputs.Normal(2, 3, 2))
            .Also(Inputs.Normal()),
        new OpCase("flatten the middle", x => x[0].Flatten(-3, 2), "x0.flatten(-3, 2)",
            Inputs.Normal(2, 3, 2, 2)),
        new OpCase("unflatten", x => x[0].Unflatten(1, -1, 2), "x0.reshape(2, -1, 2, 3)",
            Inputs.Normal(2, 6, 3)),
    ];

    [Fact]
    public void Wrong_dimensions_are_named()
    {
        var x = Tensor.Zeros(2, 6);
        Throws("Flatten: dimension -1 of shape (2, 6) comes after dimension 0",
            () => x.Flatten(-1, 0));
        Throws("Unflatten: dimension 1 of shape (2, 6) does not split into (4, -1)",
            () => x.Unflatten(1, 4, -1));
        Throws("Unflatten: dimension 1 of shape (2, 6) does not split into (4, 2)",
            () => x.Unflatten(1, 4, 2));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
