using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class AxesTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sum over three of four", x => x[0].Sum([3, 0, -3]), "torch.sum(x0, (0, 1, 3))",
            Inputs.Normal(2, 3, 2, 3)),
        new OpCase("sum of a scalar over its last", x => x[0].Sum(-1), "torch.sum(x0, -1)",
            Inputs.Normal()),
    ];

    [Fact]
    public void Kept_dimensions_have_size_one()
    {
        Assert.Equal(new Shape(2, 1, 4), Axes.Kept("Sum", [2, 3, 4], [-2]));
        Assert.Equal(new Shape(1, 1), Axes.Kept("Sum", [2, 3], []));
        Assert.Equal(Shape.Scalar, Axes.Kept("Sum", [], [0]));
    }

    [Fact]
    public void Dropped_dimensions_are_gone()
    {
        Assert.Equal(new Shape(2, 4), Axes.Dropped([2, 3, 4], [1]));
        Assert.Equal(Shape.Scalar, Axes.Dropped([2, 3], []));
        Assert.Equal(Shape.Scalar, Axes.Dropped([], [-1]));
    }

    [Fact]
    public void What_is_folded_is_counted()
    {
        Assert.Equal(12, Axes.Folded([2, 3, 4], [2, 1, 1]));
        Assert.Equal(1, Axes.Folded([1, 3], [1, 3]));
        Assert.Equal(0, Axes.Folded([2, 0], [2, 1]));
    }

    [Fact]
    public void A_choice_needs_something_to_choose_from()
    {
        Assert.Equal(new Shape(0, 1), Axes.NotEmpty("Max", [0, 3], [0, 1]));
        var error = Assert.Throws<ArgumentException>(
            () => Axes.NotEmpty("Max", [2, 0], [2, 1]));
        Assert.Contains("Max", error.Message);
    }

    [Fact]
    public void Integers_have_no_mean()
    {
        Fails("Mean: the elements are int64, but must be floating point; convert with Float()",
            () => Tensor.Arange(3).Mean());

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
