using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class ReshapeTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("reshape", x => x[0].Reshape(3, -1), "x0.reshape(3, -1)",
            Inputs.Normal(2, 6)).Also(Inputs.Normal(3, 2, 2)).Also(Inputs.Normal(0, 2))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int64, DType.Bool] },
        new OpCase("of transposed", x => x[0].Transpose().Reshape(2, 2, 3), "x0.T.reshape(2, 2, 3)",
            Inputs.Normal(3, 4)).Also(Inputs.Normal(2, 6)),
        new OpCase("to and from a scalar", x => x[0].Reshape(1, 1).Reshape(Shape.Scalar),
            "x0.reshape(1, 1).reshape(())", Inputs.Normal()),
    ];

    [Fact]
    public void It_is_a_view_where_the_strides_allow_it()
    {
        var x = Tensor.From([.. Enumerable.Range(0, 24)], new Shape(2, 3, 4));
        Assert.Same(x.Storage, x.Reshape(6, 4).Storage);
        var transposed = x.Permute(1, 0, 2);
        Assert.Same(x.Storage, transposed.Reshape(3, 1, 2, 2, 2).Storage);
        Assert.Equal([24 - 10, 24 - 9], transposed.Reshape(3, 2, 2, 2)[0, 1, 1].ToArray<int>());
        Assert.NotSame(x.Storage, transposed.Reshape(6, 4).Storage);
        Assert.Equal(transposed.ToArray<int>(), transposed.Reshape(6, 4).ToArray<int>());
        var repeated = Tensor.From(1, 2).Expand(3, 2, 2);
        Assert.Same(repeated.Storage, repeated.Reshape(6, 2).Storage);
        Assert.NotSame(repeated.Storage, repeated.Reshape(3, 4).Storage);
    }

    [Fact]
    public void A_view_never_copies()
    {
        var x = Tensor.From([.. Enumerable.Range(0, 6)], new Shape(2, 3));
        Assert.Same(x.Storage, x.View(-1).Storage);
        Throws("View: a tensor of shape (3, 2) with strides (1, 3) is no view of shape (6,); "
            + "Reshape copies where it must", () => x.T.View(-1));
    }

    [Fact]
    public void Wrong_sizes_are_named()
    {
        var x = Tensor.Zeros(2, 6);
        Throws("Reshape: the shape (2, 6) has 12 elements, but (5, 3) has 15",
            () => x.Reshape(5, 3));
        Throws("Reshape: 12 elements of shape (2, 6) do not divide into (5, -1)",
            () => x.Reshape(5, -1));
        Throws("Reshape: only one size may be -1, got (-1, -1)", () => x.Reshape(-1, -1));
        Throws("Reshape: 0 elements of shape (0,) do not divide into (0, -1)",
            () => Tensor.Zeros(0).Reshape(0, -1));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
