using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Reduce;

public class AxesTests
{
    [Fact]
    public void Kept_dimensions_have_size_one() =>
        Assert.Equal(new Shape(2, 1, 4), Axes.Kept("Sum", new Shape(2, 3, 4), [-2]));

    [Fact]
    public void No_dimensions_means_all()
    {
        Assert.Equal(new Shape(1, 1), Axes.Kept("Sum", new Shape(2, 3), []));
        Assert.Equal(Shape.Scalar, Axes.Dropped(new Shape(2, 3), []));
    }

    [Fact]
    public void Dropped_dimensions_are_gone() =>
        Assert.Equal(new Shape(3), Axes.Dropped(new Shape(2, 3, 4), [0, -1]));
}
