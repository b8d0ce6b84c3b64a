using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class BackwardPassTests
{
    [Fact]
    public void Gradients_of_several_paths_add_up()
    {
        var x = Leaf(2, 3);
        ((x * x) + (x * 5)).Sum().Backward();
        Assert.Equal([9f, 11f], GradOf(x));
    }

    [Fact]
    public void A_second_loss_adds_to_the_gradient()
    {
        var x = Leaf(1, 2);
        (x * 3).Sum().Backward();
        (x * 4).Sum().Backward();
        Assert.Equal([7f, 7f], GradOf(x));
    }

    [Fact]
    public void A_diamond_is_walked_once_for_each_edge()
    {
        // y = ((x²)²)² through one node at each level, each used twice: d/dx x⁸ = 8 x⁷.
        var x = Leaf(1.5f);
        var y = x;
        for (var i = 0; i < 3; i++)
        {
            y = y * y;
        }
        y.Sum().Backward();
        Assert.Equal(8 * MathF.Pow(1.5f, 7), GradOf(x)[0], 1e-3f);
    }

    [Fact]
    public void A_chain_of_many_ops_needs_no_stack()
    {
        var x = Leaf(1);
        var y = x;
        for (var i = 0; i < 20_000; i++)
        {
            y = y + 1;
        }
        y.Backward();
        Assert.Equal([1f], GradOf(x));
    }

    [Fact]
    public void A_second_backward_says_that_the_graph_is_gone()
    {
        var x = Leaf(1, 2);
        var y = (x * x).Sum();
        y.Backward();
        var error = Assert.Throws<InvalidOperationException>(() => y.Backward());
        Assert.Contains("Mul was already freed", error.Message);
        Assert.Contains("retainGraph: true", error.Message);
    }

    [Fact]
    public void What_saved_nothing_can_be_shared_by_two_losses()
    {
        var x = Leaf(1, 2);
        var h = x + 1;
        (h * 2).Sum().Backward();
        (h * 3).Sum().Backward();
        Assert.Equal([5f, 5f], GradOf(x));
    }

    [Fact]
    public void A_retained_graph_runs_again()
    {
        var x = Leaf(1, 2);
        var y = (x * x).Sum();
        y.Backward(retainGraph: true);
        y.Backward();
        Assert.Equal([4f, 8f], GradOf(x));
    }

    [Fact]
    public void Backward_of_many_elements_needs_a_gradient()
    {
        var y = Leaf(1, 2) * 2;
        var error = Assert.Throws<InvalidOperationException>(() => y.Backward());
        Assert.Contains("shape (2,)", error.Message);
        Assert.Contains("Sum, Mean", error.Message);
    }

    [Fact]
    public void Backward_takes_a_gradient_of_the_tensors_shape()
    {
        var x = Leaf(1, 2);
        (x * 2).Backward(Tensor.From(10f, 100f));
        Assert.Equal([20f, 200f], GradOf(x));
        var error = Assert.Throws<ArgumentException>(
            () => (x * 2).Backward(Tensor.From(1f, 2f, 3f)));
        Assert.Contains("(3,)", error.Message);
        Assert.Contains("(2,)", error.Message);
    }

    [Fact]
    public void Backward_from_a_constant_says_what_is_missing()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => (Tensor.From(1f) * 2).Backward());
        Assert.Contains("set RequiresGrad on a leaf", error.Message);
    }

    [Fact]
    public void Backward_on_a_leaf_gives_it_the_gradient()
    {
        var x = Leaf(4);
        x.Backward();
        Assert.Equal([1f], GradOf(x));
    }

    [Fact]
    public void Broadcasting_is_undone()
    {
        var row = Leaf(1, 2, 3);
        var column = Leaf(Tensor.From([1f, 2f], [2, 1]));
        (row + column).Sum().Backward();
        Assert.Equal([2f, 2f, 2f], GradOf(row));
        Assert.Equal([3f, 3f], GradOf(column));
        Assert.Equal([2, 1], column.Grad!.Shape);
    }

    [Fact]
    public void A_gradient_has_its_leafs_type()
    {
        var x = Leaf(1, 2);
        (x * Tensor.From(3.0, 4.0)).Sum().Backward();
        Assert.Equal(DType.Float32, x.Grad!.DType);
        Assert.Equal([3f, 4f], GradOf(x));
    }

    [Fact]
    public void Two_leaves_never_share_a_gradients_memory()
    {
        var a = Leaf(1, 2);
        var b = Leaf(3, 4);
        var given = Tensor.From(1f, 1f);
        (a + b).Backward(given);
        a.Grad!.Assign(a.Grad! * 10);
        Assert.Equal([10f, 10f], GradOf(a));
        Assert.Equal([1f, 1f], GradOf(b));
        Assert.Equal([1f, 1f], given.ToArray<float>());
    }

    [Fact]
    public void A_gradient_is_dense_where_the_way_to_its_leaf_was_a_view()
    {
        var x = Leaf(Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]));
        (x.T * Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [3, 2])).Sum().Backward();
        Assert.True(x.Grad!.IsContiguous);
        Assert.Equal([1f, 3f, 5f, 2f, 4f, 6f], GradOf(x));
    }

    [Fact]
    public void Gradients_of_gradients_are_recorded_on_demand()
    {
        // d²(x³)/dx² = 6x.
        var x = Leaf(2, 5);
        var y = (x * x * x).Sum();
        var first = Tensor.Gradients([y], [x], createGraph: true)[0]!;
        Assert.Equal([12f, 75f], first.ToArray<float>());
        var second = Tensor.Gradients([first.Sum()], [x])[0]!;
        Assert.Equal([12f, 30f], second.ToArray<float>());
        Assert.False(second.RequiresGrad);
    }

    [Fact]
    public void A_gradient_that_went_through_a_saved_output_is_differentiated_again()
    {
        // d²eˣ/dx² = eˣ: Exp saves its output.
        var x = Leaf(Tensor.From(0.5, -1.0));
        var first = Tensor.Gradients([x.Exp().Sum()], [x], createGraph: true)[0]!;
        var second = Tensor.Gradients([first.Sum()], [x])[0]!;
        Assert.Equal([Math.Exp(0.5), Math.Exp(-1)], second.ToArray<double>());
    }

    [Fact]
    public void Gradients_touches_no_Grad()
    {
        var x = Leaf(1, 2);
        var w = Leaf(3, 4);
        var h = x * w;
        var found = Tensor.Gradients([h.Sum()], [x, h, x]);
        Assert.Equal([3f, 4f], found[0]!.ToArray<float>());
        Assert.Equal([1f, 1f], found[1]!.ToArray<float>());
        Assert.Equal([3f, 4f], found[2]!.ToArray<float>());
        Assert.Null(x.Grad);
        Assert.Null(w.Grad);
        Assert.Null(h.Grad);
    }

    [Fact]
    public void Gradients_is_null_for_what_the_outputs_do_not_depend_on()
    {
        var x = Leaf(1);
        var other = Leaf(2);
        Assert.Null(Tensor.Gradients([x * 2], [other])[0]);
    }

    [Fact]
    public void Gradients_of_a_constant_says_which_input_it_is()
    {
        var x = Leaf(1);
        var error = Assert.Throws<ArgumentException>(
            () => Tensor.Gradients([x * 2], [x, Tensor.From(1f, 2f)]));
        Assert.Contains("input 1, shape (2,)", error.Message);
    }

    [Fact]
    public void An_op_that_returns_a_wrong_gradient_is_named()
    {
        var x = Leaf(1, 2);
        var few = Assert.Throws<InvalidOperationException>(
            () => new ProbeOp(_ => []).Apply(x).Sum().Backward());
        Assert.Contains("Probe.Backward returned 0 gradients for 1 inputs", few.Message);
        var shape = Assert.Throws<InvalidOperationException>(
            () => new ProbeOp(_ => [Tensor.From(1f, 2f, 3f)]).Apply(x).Sum().Backward());
        Assert.Contains("Probe.Backward returned shape (3,) for input 0 of shape (2,)",
            shape.Message);
    }

    [Fact]
    public void Two_threads_differentiate_at_once()
    {
        var shared = Leaf(1, 2, 3);
        var threads = Enumerable.Range(0, 4).Select(t => new Thread(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                var own = Leaf(t, t, t);
                (shared * own).Sum().Backward();
                Assert.Equal([1f, 2f, 3f], GradOf(own));
            }
        })).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }
        foreach (var thread in threads)
        {
            thread.Join();
        }
        // 200 · (0 + 1 + 2 + 3).
        Assert.Equal([1200f, 1200f, 1200f], GradOf(shared));
    }

    [Fact]
    public void A_gradient_for_an_input_that_asks_for_none_is_refused()
    {
        var (x, y) = (Leaf(1, 2), Tensor.From(3f, 4f));
        var error = Assert.Throws<ArgumentException>(
            () => Tensor.Gradients([(x * y).Sum()], [x, y]));
        Assert.Contains("Grad: input 1, shape (2,), does not require a gradient; set RequiresGrad",
            error.Message);
    }

    [Fact]
    public void Gradients_that_share_memory_stay_apart_when_one_is_dropped()
    {
        var (x, y) = (Leaf(1, 2), Leaf(3));
        for (var i = 0; i < 3; i++)
        {
            (Tensor.Cat([x, y]) * Tensor.From(5f, 6f, 7f)).Sum().Backward();
            y.Grad = null;
            var other = Tensor.From(9f, 9f, 9f, 9f);
            Assert.Equal([5f * (i + 1), 6f * (i + 1)],
                GradState.Of(x)!.PeekGrad()!.ToArray<float>());
            GC.KeepAlive(other);
        }
    }

    [Fact]
    public void A_hook_may_drop_the_gradient_of_a_leaf_that_got_it_in_the_same_pass()
    {
        // The leaf comes later than the branch, so it gets the sum's gradient first.
        var x = Leaf(1, 2);
        var branch = x.Exp();
        var late = Leaf(3, 4);
        branch.RegisterHook(_ =>
        {
            late.Grad = null;
            return null;
        });
        (branch + late).Sum().Backward();
        Assert.Equal(x.Exp().ToArray<float>(), GradOf(x));
    }
}
