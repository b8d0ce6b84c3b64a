using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Index;

public class IndexedWriteTests
{
    public static TheoryData<IndexedWriteOp, float[]> Ops => new()
    {
        { new IndexAddOp(0), [3, 7] },
        { new ScatterAddOp(0), [3, 7] },
        { new IndexCopyOp(0), [2, 3] },
        { new ScatterOp(0), [2, 3] },
    };

    [Theory]
    [MemberData(nameof(Ops))]
    public void A_copy_is_written_to_where_indices_in_range_say(
        IndexedWriteOp op, float[] expected)
    {
        var (x, source) = (Tensor.From(1f, 4), Tensor.From(3f, 2));
        Assert.Equal(expected, op.Apply(x, Tensor.From(1L, 0), source).ToArray<float>());
        Assert.Equal([1f, 4], x.ToArray<float>());
        var error = Assert.ThrowsAny<ArgumentException>(
            () => op.Apply(x, Tensor.From(1L, 2), source));
        Assert.Contains(op.Name, error.Message);
    }
}
