using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class IndexSelectTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("index_select", x => x[0].IndexSelect(0, x[1]), "x0.index_select(0, x1)",
            Inputs.Normal(4, 3), Inputs.Integers(0, 4, 6))
            .Also(Inputs.Normal(4), Inputs.Integers(0, 4, 3))
            .Also(Inputs.Normal(4, 2), Inputs.Integers(0, 4, 0))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int64, DType.Bool] },
        new OpCase("the last dimension", x => x[0].IndexSelect(-1, x[1]), "x0.index_select(-1, x1)",
            Inputs.Normal(2, 3), Inputs.Integers(0, 3, 4)),
    ];

    [Fact]
    public void Wrong_indices_are_named()
    {
        var x = Tensor.Zeros(3, 4);
        Throws("IndexSelect: index 5 (element 1 of the indices) leaves a dimension of 3 elements",
            () => x.IndexSelect(0, Tensor.From(0L, 5)));
        Throws("IndexSelect: the indices must be a vector, got shape (1, 2); flatten them first?",
            () => x.IndexSelect(0, Tensor.From(new long[,] { { 0, 1 } })));
        Throws("IndexSelect: index 0 (element 0 of the indices) leaves a dimension of 0 elements",
            () => Tensor.Zeros(0).IndexSelect(0, Tensor.From(0L)));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
