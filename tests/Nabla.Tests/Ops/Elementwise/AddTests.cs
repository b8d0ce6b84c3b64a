using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class AddTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("add", x => x[0] + x[1], "x0 + x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = [.. Types.All, DType.Float16, DType.BFloat16] }.Elementwise(),
        new OpCase("add a fraction", x => x[0] + 2.5, "x0 + 2.5", Inputs.Normal(3, 4))
        { DTypes = Types.All },
        new OpCase("add an integer", x => 3 + x[0], "3 + x0", Inputs.Normal(3, 4))
        { DTypes = Types.All },
    ];

    [Fact]
    public void In_place_it_changes_the_tensor_and_all_its_views()
    {
        var x = Tensor.From([8f, 6f, 4f, 2f], [2, 2]);
        var view = x.Reshape(4);
        var same = x;
        x += Tensor.From(2f, 4f);
        Assert.Same(same, x);
        Assert.Equal([10f, 10f, 6f, 6f], view.ToArray<float>());
    }

    [Fact]
    public void In_place_it_passes_gradients_on()
    {
        var a = Tensor.From(1f, 2f);
        var b = Tensor.From(4f, 8f);
        a.RequiresGrad = b.RequiresGrad = true;
        var x = a * 1;
        x += b;
        x.Sum().Backward();
        var c = a.Detach();
        var d = b.Detach();
        c.RequiresGrad = d.RequiresGrad = true;
        (c + d).Sum().Backward();
        Assert.Equal(c.Grad!.ToArray<float>(), a.Grad!.ToArray<float>());
        Assert.Equal(d.Grad!.ToArray<float>(), b.Grad!.ToArray<float>());
    }

    [Fact]
    public void In_place_an_integer_takes_no_fraction()
    {
        var x = Tensor.From(1L, 2L);
        var error = Assert.Throws<ArgumentException>(() => x += 0.5);
        Assert.Contains("+=", error.Message);
        Assert.Contains("int64", error.Message);
    }

    [Fact]
    public void In_place_the_left_side_does_not_grow()
    {
        var x = Tensor.From(1f, 2f);
        var error = Assert.Throws<ArgumentException>(() => x += Tensor.Ones(3, 2));
        Assert.Contains("(3, 2)", error.Message);
        Assert.Contains("(2,)", error.Message);
    }

    [Fact]
    public void In_place_a_number_of_the_language_cannot_change()
    {
        Tensor x = 1.0;
        Assert.Throws<InvalidOperationException>(() => x += Tensor.Ones(1));
    }

    [Fact]
    public void In_place_a_leaf_that_requires_a_gradient_is_not_written()
    {
        var x = Tensor.From(1f);
        x.RequiresGrad = true;
        Assert.Throws<InvalidOperationException>(() => x += 1);
        GradMode.NoGrad(() => { x += 1; });
        Assert.Equal(2f, x.Item());
    }

    [Fact]
    public void Shapes_that_do_not_broadcast_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Ones(2, 3) + Tensor.Ones(4));
        Assert.Contains("Add", error.Message);
        Assert.Contains("(2, 3)", error.Message);
        Assert.Contains("(4,)", error.Message);
    }
}
