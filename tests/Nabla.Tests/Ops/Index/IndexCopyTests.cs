using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class IndexCopyTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("index_copy", x => x[0].IndexCopy(0, x[1], x[2]), "x0.index_copy(0, x1, x2)",
            Inputs.Normal(4, 2), Inputs.Values(3, 0) with { DType = DType.Int64 },
            Inputs.Normal(2, 2))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.Bool] },
        new OpCase("the last dimension", x => x[0].IndexCopy(-1, x[1], x[2]),
            "x0.index_copy(-1, x1, x2)",
            Inputs.Normal(2, 3), Inputs.Values(1, 2) with { DType = DType.Int64 },
            Inputs.Normal(2, 2)),
    ];

    [Fact]
    public void The_last_of_equal_indices_wins() => Assert.Equal([0, 3, 0],
        Tensor.From(0, 0, 0).IndexCopy(0, Tensor.From(1L, 1, 1), Tensor.From(1, 2, 3))
            .ToArray<int>());

    [Fact]
    public void A_wrong_source_is_named() => Throws(
        "IndexCopy: 1 indices along dimension 0 of shape (3,) need a source of shape (1,), got "
            + "(2,)",
        () => Tensor.Zeros(3).IndexCopy(0, Tensor.From(0L), Tensor.Zeros(2)));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
