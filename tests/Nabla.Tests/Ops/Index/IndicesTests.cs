using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Index;

public class IndicesTests
{
    [Fact]
    public void Any_integers_become_int64()
    {
        Assert.Equal(DType.Int64, Indices.Of("op", Tensor.From(1)).DType);
        Assert.Equal([200L], Indices.Vector("op", Tensor.From((byte)200)).ToArray<long>());
    }

    [Fact]
    public void Other_indices_are_refused_by_the_ops_name()
    {
        Assert.StartsWith("op: indices are integers, got bool", Assert.Throws<ArgumentException>(
            () => Indices.Of("op", Tensor.From(true))).Message);
        Assert.StartsWith("op: the indices must be a vector", Assert.Throws<ArgumentException>(
            () => Indices.Vector("op", Tensor.Scalar(1))).Message);
    }

    [Fact]
    public void Half_precision_is_summed_in_single() =>
        Assert.Equal(DType.Float32, Indices.Summable("op", Tensor.From((Half)1)).DType);
}
