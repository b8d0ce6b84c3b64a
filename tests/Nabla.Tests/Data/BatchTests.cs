using Nabla.Data;
using Nabla.Tensors;

namespace Nabla.Tests.Data;

public class BatchTests
{
    [Fact]
    public void A_batch_falls_apart_into_input_and_target()
    {
        var (x, y) = new Batch(0, [Tensor.From(1f, 2f), Tensor.From(3f), Tensor.From(4L, 5L)]);
        Assert.Equal([1f, 2f], x.ToArray<float>());
        Assert.Equal([4L, 5L], y.ToArray<long>());
    }

    [Fact]
    public void Its_size_is_that_of_the_first_dimension() =>
        Assert.Equal(3, new Batch(0, [Tensor.From(new float[6], new Shape(3, 2))]).Size);
}
