using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class GatherTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("gather", x => x[0].Gather(1, x[1]), "x0.gather(1, x1)",
            Inputs.Normal(3, 4), Inputs.Integers(0, 4, 3, 2))
            .Also(Inputs.Normal(2, 3, 2), Inputs.Integers(0, 3, 2, 5, 2))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Bool] },
        new OpCase("fewer indices", x => x[0].Gather(0, x[1]), "x0.gather(0, x1)",
            Inputs.Normal(3, 4), Inputs.Integers(0, 3, 2, 3)),
        new OpCase("int32 indices", x => x[0].Gather(0, x[1].To(DType.Int32)), "x0.gather(0, x1)",
            Inputs.Normal(3), Inputs.Integers(0, 3, 5)),
    ];

    [Fact]
    public void Wrong_indices_are_named()
    {
        var x = Tensor.Zeros(3, 4);
        Throws("Gather: index 4 (element 1 of the indices) leaves a dimension of 4 elements; "
            + "expected 0 … 3", () => x.Gather(1, Tensor.From(new long[,] { { 0, 4 } })));
        Throws("Gather: index -1 (element 0", () =>
            x.Gather(1, Tensor.From(new long[,] { { -1 } })));
        Throws("Gather: indices are integers, got float32; convert with To(DType.Int64)",
            () => x.Gather(1, x));
        Throws("Gather: indices of shape (4, 2) do not fit the shape (3, 4) along dimension 1",
            () => x.Gather(1, Tensor.Zeros(new Shape(4, 2), DType.Int64)));
        Throws("Gather: indices of shape (2,) do not fit",
            () => x.Gather(1, Tensor.Zeros(new Shape(2), DType.Int64)));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
