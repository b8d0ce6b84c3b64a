using Nabla.Data;
using Nabla.Tensors;

namespace Nabla.Tests.Data;

public class DatasetTests
{
    [Fact]
    public void A_batch_stacks_samples_in_the_order_asked()
    {
        var batch = new Squares().Batch([3, 1]);
        Assert.Equal(new Shape(2, 2), batch[0].Shape);
        Assert.Equal([3f, 9f, 1f, 1f], batch[0].ToArray<float>());
        Assert.Equal([3L, 1L], batch[1].ToArray<long>());
    }

    [Fact]
    public void Samples_that_differ_in_shape_are_refused_by_number()
    {
        var error = Assert.Throws<SampleException>(() => new Ragged().Batch([0, 2, 1]));
        Assert.Equal(2, error.Index);
        Assert.Contains("sample 2 is float32 (3,), but the batch's first one is float32 (1,)",
            error.Message);
    }

    [Fact]
    public void An_empty_batch_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Squares().Batch([]));

    private sealed class Squares : Dataset
    {
        public override int Count => 10;

        public override Tensor[] this[int index] =>
            [Tensor.From<float>(index, index * index), Tensor.Scalar((long)index)];
    }

    private sealed class Ragged : Dataset
    {
        public override int Count => 3;

        public override Tensor[] this[int index] =>
            [Tensor.From(new float[index + 1], new Shape(index + 1))];
    }
}
