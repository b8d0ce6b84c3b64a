using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;
using static Nabla.Tensors.TensorIndex;

namespace Nabla.Tests.Ops.Index;

public class IndexingTests : OpTests
{
    public override IEnumerable<OpCase> Cases => [.. Reads, .. Writes];

    private static OpCase[] Reads =>
    [
        new OpCase("integers", x => x[0][1, ^1], "x0[1, -1]", Inputs.Normal(3, 4))
            .Also(Inputs.Normal(2, 3, 2))
            with { DTypes = [DType.Float32, DType.Float64, DType.Bool] },
        new OpCase("ranges", x => x[0][1..^1, .., ^2..], "x0[1:-1, :, -2:]",
            Inputs.Normal(4, 2, 3)),
        new OpCase("a step", x => x[0][Slice(1.., 2)], "x0[1::2]", Inputs.Normal(6, 2)),
        new OpCase("ellipsis", x => x[0][Ellipsis, 0], "x0[..., 0]", Inputs.Normal(3, 4))
            .Also(Inputs.Normal(2)),
        new OpCase("new axis", x => x[0][NewAxis, .., NewAxis, 1], "x0[None, :, None, 1]",
            Inputs.Normal(3, 2)),
        new OpCase("rows", x => x[0][x[1]], "x0[x1]",
            Inputs.Normal(4, 3), Inputs.Integers(-4, 4, 2, 3))
            .Also(Inputs.Normal(4), Inputs.Integers(0, 4)),
        new OpCase("cells", x => x[0][x[1], x[2]], "x0[x1, x2]",
            Inputs.Normal(4, 3), Inputs.Integers(-4, 4, 5), Inputs.Integers(-3, 3, 5)),
        new OpCase("cells that broadcast", x => x[0][x[1], x[2]], "x0[x1, x2]",
            Inputs.Normal(4, 3, 2), Inputs.Integers(-4, 4, 2, 1), Inputs.Integers(-3, 3, 4)),
        new OpCase("mixed", x => x[0][1.., x[1], 0], "x0[1:, x1, 0]",
            Inputs.Normal(3, 4, 2), Inputs.Integers(0, 4, 3)),
        new OpCase("apart", x => x[0][x[1], .., x[2]], "x0[x1, :, x2]",
            Inputs.Normal(3, 2, 4), Inputs.Integers(0, 3, 2), Inputs.Integers(0, 4, 2)),
        new OpCase("in the middle", x => x[0][.., x[1], x[2]], "x0[:, x1, x2]",
            Inputs.Normal(2, 3, 4, 2), Inputs.Integers(0, 3, 2, 2), Inputs.Integers(0, 4, 2)),
        new OpCase("mask", x => x[0][x[1]], "x0[x1]", Inputs.Normal(3, 4), Inputs.Bools(3, 4))
            .Also(Inputs.Normal(3, 4), Inputs.Bools(3)) with { Capturable = false },
        new OpCase("mask of columns", x => x[0][1.., x[1]], "x0[1:, x1]",
            Inputs.Normal(3, 4), Inputs.Bools(4)) { Capturable = false },
        new OpCase("mask and integers", x => x[0][x[1], x[2]], "x0[x1, x2]",
            Inputs.Normal(3, 4), Inputs.Values(1, 0, 1) with { DType = DType.Bool },
            Inputs.Integers(0, 4, 1)) { Capturable = false },
    ];

    private static OpCase[] Writes =>
    [
        new OpCase("set a part", x => Written(x[0], y => y[1.., ^1] = x[1]),
            "y = x0.clone(); y[1:, -1] = x1; return y", Inputs.Normal(3, 4), Inputs.Normal(2))
            .Also(Inputs.Normal(3, 4), Inputs.Normal()),
        new OpCase("set all", x => Written(x[0], y => y[..] = x[1]),
            "y = x0.clone(); y[:] = x1; return y", Inputs.Normal(3, 4), Inputs.Normal(4)),
        new OpCase("set cells", x => Written(x[0], y => y[x[1], x[2]] = x[3]),
            "y = x0.clone(); y[x1, x2] = x3; return y", Inputs.Normal(3, 4),
            Places(0, 2, -2), Places(1, 1, 3), Inputs.Normal(3)),
        new OpCase("set cells apart", x => Written(x[0], y => y[x[1], 1.., x[2]] = x[3]),
            "y = x0.clone(); y[x1, 1:, x2] = x3; return y", Inputs.Normal(3, 3, 2),
            Places(0, 2), Places(1, 0), Inputs.Normal(2, 1)),
        new OpCase("set rows of a part", x => Written(x[0], y => y[1, .., x[1]] = x[2]),
            "y = x0.clone(); y[1, :, x1] = x2; return y", Inputs.Normal(2, 3, 4),
            Places(3, 0), Inputs.Normal(3, 2)),
        new OpCase("set a mask", x => Written(x[0], y => y[x[1]] = -1.5),
            "y = x0.clone(); y[x1] = -1.5; return y", Inputs.Normal(3, 4), Inputs.Bools(3, 4))
            .Also(Inputs.Normal(3, 4), Inputs.Bools(3)),
        new OpCase("set a mask of columns", x => Written(x[0], y => y[1.., x[1]] = x[2]),
            "y = x0.clone(); y[1:, x1] = x2; return y", Inputs.Normal(3, 4), Inputs.Bools(4),
            Inputs.Normal()),
        new OpCase("set a mask to numbers", x => Written(x[0], y => y[x[1]] = x[2]),
            "y = x0.clone(); y[x1] = x2; return y", Inputs.Normal(2, 2),
            Inputs.Values(new Shape(2, 2), 1, 0, 1, 0) with { DType = DType.Bool },
            Inputs.Normal(2)) { Capturable = false },
        new OpCase("set and read on", x => Written(x[0], y => y[0] = y[1] * 2).Square(),
            "y = x0.clone(); y[0] = y[1] * 2; return y.square()", Inputs.Normal(2, 3)),
    ];

    [Fact]
    public void Without_tensors_it_is_a_view()
    {
        var x = Tensor.Zeros(2, 3);
        Assert.Same(x, x[..]);
        x[1][2] = 5;
        x[Ellipsis, 0] = Tensor.From(7f, 8);
        Assert.Equal([7, 0, 0, 8, 0, 5], x.ToArray<float>());
    }

    [Fact]
    public void A_written_value_takes_the_tensors_type()
    {
        var x = Tensor.From(1, 2, 3);
        x[x > 1] = 9.7;
        Assert.Equal([1, 9, 9], x.ToArray<int>());
        x[Tensor.From(0L)] = Tensor.From(-2.5f);
        Assert.Equal([-2, 9, 9], x.ToArray<int>());
    }

    [Fact]
    public void A_leaf_that_requires_a_gradient_is_not_written()
    {
        var x = Tensor.Zeros(2, 3);
        x.RequiresGrad = true;
        Assert.StartsWith("a leaf that requires a gradient was written in place",
            Assert.Throws<InvalidOperationException>(() => x[0] = 1).Message);
    }

    [Fact]
    public void Indices_that_leave_are_named()
    {
        var x = Tensor.Zeros(3, 4);
        Throws("indexing: index 4 leaves dimension 1 of shape (3, 4), which has 4 elements",
            () => x[0, 4]);
        Throws("indexing: index ^4 leaves dimension 0 of shape (3, 4), which has 3 elements",
            () => x[-4]);
        Throws("indexing: the range 1..5 leaves dimension 1 of shape (3, 4), which has 4",
            () => x[0, 1..5]);
        Throws("indexing: index 3 (element 1 of the indices) leaves a dimension of 3 elements; "
            + "expected -3 … 2", () => x[Tensor.From(0L, 3)]);
    }

    [Fact]
    public void Indices_that_do_not_fit_are_named()
    {
        var x = Tensor.Zeros(3, 4);
        Throws("indexing: the indices name 3 dimensions, but shape (3, 4) has 2", () => x[0, 0, 0]);
        Throws("indexing: one Ellipsis stands for the dimensions that are left over, but there are "
            + "2", () => x[Ellipsis, Ellipsis]);
        Throws("indexing: a mask of shape (4,) does not fit shape (3, 4) from dimension 0 on",
            () => x[Tensor.From(true, true, false, true)]);
        Throws("indexing: indices are integers, got float32", () => x[Tensor.From(1f)]);
        Throws("indexing: the shapes (2,) and (3,) do not broadcast",
            () => x[Tensor.From(0L, 1), Tensor.From(0L, 1, 2)]);
        Throws("indexing: a value of shape (3,) does not broadcast to the indexed shape (2, 4)",
            () => x[Tensor.From(0L, 1)] = Tensor.Zeros(3));
        Throws("Assign: a value of shape (3,) does not broadcast to the tensor's shape (4,)",
            () => x[0] = Tensor.Zeros(3));
    }

    private static Tensor Written(Tensor x, Action<Tensor> write)
    {
        var y = x.Clone();
        write(y);
        return y;
    }

    private static Input Places(params double[] places) =>
        Inputs.Values(places) with { DType = DType.Int64 };

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
