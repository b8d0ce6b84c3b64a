using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class IndexAddTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("index_add", x => x[0].IndexAdd(0, x[1], x[2]), "x0.index_add(0, x1, x2)",
            Inputs.Normal(3, 2), Inputs.Integers(0, 3, 5), Inputs.Normal(5, 2))
            .Also(Inputs.Normal(3), Inputs.Integers(0, 3, 0), Inputs.Normal(0))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.UInt8] },
        new OpCase("the last dimension", x => x[0].IndexAdd(-1, x[1], x[2]),
            "x0.index_add(-1, x1, x2)",
            Inputs.Normal(2, 3), Inputs.Integers(0, 3, 4), Inputs.Normal(2, 4)),
    ];

    [Fact]
    public void Wrong_arguments_are_named()
    {
        var x = Tensor.Zeros(3, 2);
        Throws("IndexAdd: 2 indices along dimension 0 of shape (3, 2) need a source of shape "
            + "(2, 2), got (2, 3)", () => x.IndexAdd(0, Tensor.From(0L, 1), Tensor.Zeros(2, 3)));
        Throws("IndexAdd: index 3 (element 1", () =>
            x.IndexAdd(0, Tensor.From(0L, 3), Tensor.Zeros(2, 2)));
        Throws("IndexAdd adds numbers, got bool", () =>
            Tensor.From(true).IndexAdd(0, Tensor.From(0L), Tensor.From(true)));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
