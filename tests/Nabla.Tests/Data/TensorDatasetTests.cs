using Nabla.Data;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Data;

public class TensorDatasetTests
{
    private static readonly TensorDataset Data = new(
        Tensor.From(new float[] { 0, 1, 10, 11, 20, 21 }, new Shape(3, 2)),
        Tensor.From<long>(5, 6, 7));

    [Fact]
    public void A_sample_is_a_row_of_each_tensor()
    {
        var sample = Data[1];
        Assert.Equal(new Shape(2), sample[0].Shape);
        Assert.Equal([10f, 11f], sample[0].ToArray<float>());
        Assert.Equal(Shape.Scalar, sample[1].Shape);
        Assert.Equal(6L, sample[1].Item<long>());
    }

    [Fact]
    public void A_batch_gathers_rows()
    {
        var batch = Data.Batch([2, 0, 2]);
        Assert.Equal([20f, 21f, 0f, 1f, 20f, 21f], batch[0].ToArray<float>());
        Assert.Equal([7L, 5L, 7L], batch[1].ToArray<long>());
    }

    [Fact]
    public void A_number_without_a_sample_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Data[3]);
        Assert.Contains("no sample -1; the data set has 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => Data.Batch([0, -1])).Message);
    }

    [Fact]
    public void Tensors_of_different_lengths_are_refused() =>
        Assert.Contains("got (2,), (3,)", Assert.Throws<ArgumentException>(() =>
            new TensorDataset(Tensor.From(1, 2), Tensor.From(1, 2, 3))).Message);

    [Fact]
    public void Tensors_of_other_lengths_and_batches_of_nothing_are_refused()
    {
        Assert.Contains("expects tensors with equal first sizes but got (2, 3), (4,)",
            Assert.Throws<ArgumentException>(
                () => new TensorDataset(Tensor.Zeros(2, 3), Tensor.Zeros(4))).Message);
        Assert.Contains("equal first sizes but got ()", Assert.Throws<ArgumentException>(
            () => new TensorDataset(Tensor.Scalar(1f))).Message);
        Assert.Contains("a batch needs at least one sample", Assert.Throws<ArgumentException>(
            () => new TensorDataset(Tensor.Zeros(2)).Batch([])).Message);
    }
}
