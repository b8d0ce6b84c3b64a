using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class ScatterAddTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("scatter_add", x => x[0].ScatterAdd(1, x[1], x[2]), "x0.scatter_add(1, x1, x2)",
            Inputs.Normal(2, 4), Inputs.Integers(0, 4, 2, 5), Inputs.Normal(2, 5))
            .Also(Inputs.Normal(2, 3, 2), Inputs.Integers(0, 3, 2, 4, 2), Inputs.Normal(2, 4, 2))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.UInt8] },
        new OpCase("fewer indices", x => x[0].ScatterAdd(0, x[1], x[2]),
            "x0.scatter_add(0, x1, x2[:2, :2])",
            Inputs.Normal(3, 4), Inputs.Integers(0, 3, 2, 2), Inputs.Normal(3, 3)),
    ];

    [Fact]
    public void Half_precision_adds_in_single() => Assert.Equal([(Half)0, (Half)2050],
        Tensor.From((Half)0, (Half)0).ScatterAdd(0, Tensor.From(1L, 1, 1),
            Tensor.From((Half)2048, (Half)0.5, (Half)1)).ToArray<Half>());

    [Fact]
    public void Booleans_are_refused() => Throws(
        "ScatterAdd adds numbers, got bool; convert with To(DType.Int64)",
        () => Tensor.From(true).ScatterAdd(0, Tensor.From(0L), Tensor.From(true)));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
