using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class PermuteTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("permute", x => x[0].Permute(2, 0, -2), "x0.permute(2, 0, 1)",
            Inputs.Normal(2, 3, 4)),
    ];

    [Fact]
    public void It_is_a_view()
    {
        var x = Tensor.Zeros(2, 3, 4);
        Assert.Same(x.Storage, x.Permute(2, 1, 0).Storage);
    }

    [Fact]
    public void Each_dimension_is_named_once()
    {
        var x = Tensor.Zeros(2, 3, 4);
        Throws("Permute: (0, 1) does not name each dimension of (2, 3, 4) once",
            () => x.Permute(0, 1));
        Throws("Permute: (0, 1, -2) does not name each dimension of (2, 3, 4) once",
            () => x.Permute(0, 1, -2));
        Throws("dimension 3 does not exist in shape (2, 3, 4)", () => x.Permute(0, 1, 3));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
