using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class ShapeTests
{
    [Fact]
    public void A_shape_counts_its_elements()
    {
        Assert.Equal(24, new Shape(2, 3, 4).Count);
        Assert.Equal(0, new Shape(2, 0, 4).Count);
        Assert.Equal(1, Shape.Scalar.Count);
        Assert.Equal(1, default(Shape).Count);
        Assert.Equal(0, default(Shape).Rank);
    }

    [Fact]
    public void Dimensions_are_counted_from_both_ends()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal(4, shape[-1]);
        Assert.Equal(4, shape[^1]);
        Assert.Equal(2, shape[0]);
        Assert.Equal(1, shape.Axis(-2));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => shape.Axis(3));
        Assert.Contains("dimension 3 does not exist in shape (2, 3, 4); expected -3 … 2",
            error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Shape.Scalar[0]);
    }

    [Fact]
    public void Shapes_print_as_in_Python()
    {
        Assert.Equal("(2, 3)", new Shape(2, 3).ToString());
        Assert.Equal("(3,)", new Shape(3).ToString());
        Assert.Equal("()", default(Shape).ToString());
    }

    [Fact]
    public void Shapes_are_equal_by_their_sizes()
    {
        Assert.True(new Shape(2, 3) == [2, 3]);
        Assert.True(new Shape(2, 3) != [3, 2]);
        Assert.True(new Shape() == Shape.Scalar);
        Assert.Equal(new Shape(2, 3).GetHashCode(), new Shape(2, 3).GetHashCode());
        Assert.False(new Shape(2).Equals("(2,)"));
        Assert.Equal([2, 3], new Shape(2, 3));
    }

    [Fact]
    public void Sizes_that_make_no_sense_are_refused()
    {
        Assert.Contains("cannot be negative, got (2, -1)",
            Assert.Throws<ArgumentException>(() => new Shape(2, -1)).Message);
        Assert.Contains("at most 8 dimensions, got 9",
            Assert.Throws<ArgumentException>(() => new Shape(1, 1, 1, 1, 1, 1, 1, 1, 1)).Message);
        Assert.Contains("too many elements", Assert.Throws<ArgumentException>(
            () => new Shape(1L << 31, 1L << 31, 2)).Message);
    }

    [Fact]
    public void Strides_are_row_major()
    {
        Assert.Equal([12, 4, 1], new Shape(2, 3, 4).ContiguousStrides());
        Assert.Equal([4, 4, 1], new Shape(2, 0, 4).ContiguousStrides());
        Assert.Empty(Shape.Scalar.ContiguousStrides());
    }

    [Fact]
    public void One_dimension_can_be_changed_dropped_or_put_in()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal([2, 3, 9], shape.With(-1, 9));
        Assert.Equal([2, 4], shape.Without(1));
        Assert.Equal([2, 3, 4, 7], shape.Insert(-1, 7));
        Assert.Equal([7, 2, 3, 4], shape.Insert(0, 7));
        Assert.Contains("insert a dimension at 5", Assert.Throws<ArgumentOutOfRangeException>(
            () => shape.Insert(5, 1)).Message);
    }

    // NumPy's rule: https://numpy.org/doc/stable/user/basics.broadcasting.html
    [Theory]
    [InlineData(new long[] { 256, 256, 3 }, new long[] { 3 }, new long[] { 256, 256, 3 })]
    [InlineData(new long[] { 8, 1, 6, 1 }, new long[] { 7, 1, 5 }, new long[] { 8, 7, 6, 5 })]
    [InlineData(new long[] { 5, 4 }, new long[] { 1 }, new long[] { 5, 4 })]
    [InlineData(new long[] { 15, 3, 5 }, new long[] { 3, 1 }, new long[] { 15, 3, 5 })]
    [InlineData(new long[] { 0, 3 }, new long[] { 1, 1 }, new long[] { 0, 3 })]
    [InlineData(new long[] { }, new long[] { 2 }, new long[] { 2 })]
    public void Shapes_broadcast_by_NumPys_rule(long[] a, long[] b, long[] expected)
    {
        Assert.Equal(new Shape(expected), Shape.Broadcast(new Shape(a), new Shape(b)));
        Assert.Equal(new Shape(expected), Shape.Broadcast(new Shape(b), new Shape(a)));
    }

    [Fact]
    public void Shapes_that_do_not_broadcast_are_both_named()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Shape.Broadcast([2, 1], [8, 4, 3], "Add"));
        Assert.Contains("Add: the shapes (2, 1) and (8, 4, 3) do not broadcast", error.Message);
        Assert.False(Shape.TryBroadcast([3], [4], out _));
        Assert.False(Shape.TryBroadcast([0], [2], out _));
    }

    [Fact]
    public void Only_ones_and_missing_dimensions_expand()
    {
        Assert.True(new Shape(3, 1).ExpandsTo([2, 3, 5]));
        Assert.True(Shape.Scalar.ExpandsTo([2]));
        Assert.False(new Shape(2, 3).ExpandsTo([3]));
        Assert.False(new Shape(2).ExpandsTo([3]));
    }

    [Fact]
    public void A_dimension_that_does_not_exist_is_named_however_it_is_counted()
    {
        var shape = new Shape(2, 3);
        Throws("dimension ^3 does not exist in shape (2, 3)", () => shape[^3]);
        Throws("dimension 2 does not exist in shape (2, 3); expected -2 … 1", () => shape[2]);
        Throws("dimension -1 does not exist in shape (); it has none", () => Shape.Scalar[-1]);

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.Throws<ArgumentOutOfRangeException>(action).Message);
    }
}
