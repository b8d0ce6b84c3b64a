using Nabla.Tensors;
using Nabla.Training;

namespace Nabla.Tests.Training;

public class AccuracyTests
{
    [Fact]
    public void It_counts_the_samples_whose_largest_score_is_the_target() =>
        Assert.Equal(2f, new Accuracy().Sum(
            Tensor.From(new float[] { 1, 2, 5, 0, -1, -2 }, new Shape(3, 2)),
            Tensor.From(1L, 0L, 1L)).Item());
}
