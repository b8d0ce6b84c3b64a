using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class ScatterTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("scatter", x => x[0].Scatter(1, x[1], x[2]), "x0.scatter(1, x1, x2)",
            Inputs.Normal(2, 4),
            Inputs.Values(new Shape(2, 2), 3, 0, 1, 2) with { DType = DType.Int64 },
            Inputs.Normal(2, 2))
        { DTypes = [DType.Float32, DType.Float64, DType.Int64, DType.Bool] },
        new OpCase("fewer indices", x => x[0].Scatter(0, x[1], x[2]),
            "x0.scatter(0, x1, x2[:1])",
            Inputs.Normal(3, 4),
            Inputs.Values(new Shape(1, 3), 2, 0, 2) with { DType = DType.Int64 },
            Inputs.Normal(2, 3)),
        new OpCase("a number", x => x[0].Scatter(0, x[1], 1.5), "x0.scatter(0, x1, 1.5)",
            Inputs.Normal(3, 4), Inputs.Integers(0, 3, 2, 4)),
    ];

    [Fact]
    public void The_last_of_equal_indices_wins() => Assert.Equal([0, 3, 0],
        Tensor.From(0, 0, 0).Scatter(0, Tensor.From(1L, 1, 1), Tensor.From(1, 2, 3))
            .ToArray<int>());

    [Fact]
    public void Wrong_arguments_are_named()
    {
        var x = Tensor.Zeros(3, 4);
        var index = Tensor.Zeros(new Shape(2, 4), DType.Int64);
        Throws("Scatter: a source of shape (2, 3) has no element for each index of shape (2, 4)",
            () => x.Scatter(0, index, Tensor.Zeros(2, 3)));
        Throws("Scatter: indices of shape (2, 4) do not fit the shape (3, 3) along dimension 0",
            () => x.Narrow(1, 0, 3).Contiguous().Scatter(0, index, 0));
        Throws("Scatter: index 3 (element 0 of the indices) leaves a dimension of 3 elements",
            () => x.Scatter(0, index + 3, 0));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
