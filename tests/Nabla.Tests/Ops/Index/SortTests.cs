using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class SortTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sort", x => Pair(x[0].Sort()), "tuple(torch.sort(x0, stable=True))",
            Inputs.Distinct(-2, 2, 3, 5)).Also(Inputs.Distinct(-2, 2, 4)).Also(Inputs.Normal())
            with { DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.UInt8] },
        new OpCase("sort down the columns", x => Pair(x[0].Sort(0, descending: true)),
            "tuple(torch.sort(x0, dim=0, descending=True, "
                + "stable=True))", Inputs.Distinct(-2, 2, 4, 3)),
        new OpCase("argsort", x => x[0].ArgSort(0), "torch.argsort(x0, 0)",
            Inputs.Distinct(-2, 2, 4, 3)) { Differentiable = false },
        new OpCase("topk", x => Pair(x[0].TopK(2)), "tuple(torch.topk(x0, 2))",
            Inputs.Distinct(-2, 2, 3, 5)) with { DTypes = [DType.Float32, DType.Float64] },
        new OpCase("the smallest", x => Pair(x[0].TopK(3, 0, largest: false)),
            "tuple(torch.topk(x0, 3, 0, False))", Inputs.Distinct(-2, 2, 6, 2)),
    ];

    [Fact]
    public void Booleans_and_half_precision_are_sorted()
    {
        Assert.Equal([false, true, true], Tensor.From(true, false, true).Sort().Values
            .ToArray<bool>());
        Assert.Equal([(Half)(-1), (Half)2], Tensor.From((Half)2, (Half)(-1)).Sort().Values
            .ToArray<Half>());
    }

    [Fact]
    public void A_wrong_number_is_named()
    {
        Throws("TopK: dimension -1 of shape (2, 3) has 3 elements, not 4",
            () => Tensor.Zeros(2, 3).TopK(4));
        Throws("TopK: dimension 0 of shape (2, 3) has 2 elements, not -1",
            () => Tensor.Zeros(2, 3).TopK(-1, 0));
    }

    private static Tensor[] Pair((Tensor Values, Tensor Indices) pair) =>
        [pair.Values, pair.Indices];

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
