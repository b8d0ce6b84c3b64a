using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class DifferentiationTests
{
    [Fact]
    public void A_result_requires_a_gradient_when_an_operand_does()
    {
        var x = Leaf(1);
        var y = x * 2;
        Assert.True(y.RequiresGrad);
        Assert.False(y.IsLeaf);
        Assert.Equal("Mul", y.GradFn);
        Assert.True(x.IsLeaf);
        Assert.Null(x.GradFn);
        Assert.False((Tensor.From(1f) * 2).RequiresGrad);
    }

    [Fact]
    public void Integers_have_no_gradient()
    {
        var x = Tensor.From(1, 2);
        var error = Assert.Throws<InvalidOperationException>(() => x.RequiresGrad = true);
        Assert.Contains("int32", error.Message);
        x.RequiresGrad = false;
        Assert.False((Leaf(1, 2) > 0).RequiresGrad);
        Assert.False(Leaf(1, 2).To(DType.Int64).RequiresGrad);
    }

    [Fact]
    public void RequiresGrad_is_set_on_leaves_only()
    {
        var y = Leaf(1) * 2;
        var error = Assert.Throws<InvalidOperationException>(() => y.RequiresGrad = false);
        Assert.Contains("Detach() it first", error.Message);
    }

    [Fact]
    public void A_frozen_leaf_gets_no_gradient()
    {
        var x = Leaf(1);
        var w = Leaf(2);
        w.RequiresGrad = false;
        (x * w).Backward();
        Assert.Equal([2f], GradOf(x));
        Assert.Null(w.Grad);
    }

    [Fact]
    public void Detach_shares_memory_and_cuts_the_tape()
    {
        var x = Leaf(3);
        var y = x * 2;
        var cut = y.Detach();
        Assert.False(cut.RequiresGrad);
        Assert.True(cut.IsLeaf);
        (y * cut).Backward();
        Assert.Equal([12f], GradOf(x));
        GradMode.NoGrad(() => cut.Assign(7));
        Assert.Equal(7f, y.Item());
    }

    [Fact]
    public void Grad_must_have_the_tensors_shape()
    {
        var x = Leaf(1, 2);
        var error = Assert.Throws<ArgumentException>(() => x.Grad = Tensor.From(1f));
        Assert.Contains("(1,)", error.Message);
        x.Grad = Tensor.From(1f, 2f);
        x.Grad = null;
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_computed_tensor_keeps_its_gradient_on_demand()
    {
        var x = Leaf(1, 2);
        var kept = (x * 2).RetainGrad();
        var lost = kept * 3;
        lost.Sum().Backward();
        Assert.Equal([3f, 3f], GradOf(kept));
        Assert.Null(lost.Grad);
        Assert.Equal([6f, 6f], GradOf(x));
    }

    [Fact]
    public void A_hook_sees_the_whole_gradient_and_may_replace_it()
    {
        var x = Leaf(1, 2);
        var y = x * 2;
        var seen = new List<float[]>();
        y.RegisterHook(gradient =>
        {
            seen.Add(gradient.ToArray<float>());
            return gradient * 10;
        });
        y.RegisterHook(gradient =>
        {
            seen.Add(gradient.ToArray<float>());
            return null;
        });
        ((y * 3) + (y * 4)).Sum().Backward();
        Assert.Equal([[7f, 7f], [70f, 70f]], seen);
        Assert.Equal([140f, 140f], GradOf(x));
    }

    [Fact]
    public void A_leafs_hook_replaces_what_is_accumulated()
    {
        var x = Leaf(1, 2);
        x.RegisterHook(gradient => gradient * -1);
        (x * 3).Sum().Backward();
        (x * 3).Sum().Backward();
        Assert.Equal([-6f, -6f], GradOf(x));
    }

    [Fact]
    public void A_hook_needs_a_gradient_to_come()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => Tensor.From(1f).RegisterHook(g => g));
        Assert.Contains("no gradient reaches", error.Message);
    }

    [Fact]
    public void A_gradient_of_another_type_is_refused()
    {
        var x = Tensor.From(1f);
        x.RequiresGrad = true;
        var error = Assert.Throws<ArgumentException>(() => x.Grad = Tensor.From(1L));
        Assert.Contains(
            "Grad: a gradient of int64 does not fit a tensor of float32", error.Message);
    }
}
