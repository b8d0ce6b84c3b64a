using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class InPlaceTests
{
    [Fact]
    public void Assign_replaces_elements_converts_and_broadcasts()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f], [2, 2]);
        var version = x.Version;
        x.Assign(Tensor.From(5, 6));
        Assert.Equal([5f, 6f, 5f, 6f], x.ToArray<float>());
        Assert.Equal(version + 1, x.Version);
        var error = Assert.Throws<ArgumentException>(() => x.Assign(Tensor.From(1f, 2f, 3f)));
        Assert.Contains("(3,)", error.Message);
        Assert.Contains("(2, 2)", error.Message);
    }

    [Fact]
    public void A_leaf_is_written_outside_of_recording_only()
    {
        var x = Leaf(1, 2);
        var error = Assert.Throws<InvalidOperationException>(() => x.Assign(0));
        Assert.Contains("NoGrad", error.Message);
        Assert.Equal([1f, 2f], x.ToArray<float>());
        Assert.Throws<InvalidOperationException>(() => x.Reshape(2, 1).Assign(0));
        GradMode.NoGrad(() => x.Assign(0));
        Assert.Equal([0f, 0f], x.ToArray<float>());
        Assert.True(x.RequiresGrad);
    }

    [Fact]
    public void A_view_that_is_itself_a_leaf_is_a_leaf()
    {
        var view = Leaf(Tensor.From(1f, 2f).Reshape(2, 1));
        Assert.Throws<InvalidOperationException>(() => view.Assign(0));
    }

    [Fact]
    public void An_expanded_view_cannot_be_written()
    {
        var x = Tensor.From(1f, 2f).Expand(3, 2);
        var error = Assert.Throws<InvalidOperationException>(() => x.Assign(0));
        Assert.Contains("expanded view, shape (3, 2)", error.Message);
        Assert.Contains("Clone()", error.Message);
    }

    [Fact]
    public void Backward_notices_that_a_saved_tensor_was_written()
    {
        var x = Leaf(1, 2);
        var h = x * 2;
        var y = h.Square().Sum();
        h.Assign(0);
        var error = Assert.Throws<InvalidOperationException>(() => y.Backward());
        Assert.Contains("input 0 of Square, shape (2,), was changed in place", error.Message);
    }

    [Fact]
    public void Backward_notices_that_a_saved_output_was_written()
    {
        var y = Leaf(1, 2).Exp();
        var z = y.Sum();
        GradMode.NoGrad(() => y.Assign(0));
        var error = Assert.Throws<InvalidOperationException>(() => z.Backward());
        Assert.Contains("output 0 of Exp", error.Message);
    }

    [Fact]
    public void Backward_notices_that_a_saved_tensor_was_written_through_a_view()
    {
        var x = Leaf(1, 2);
        var h = x * 2;
        var y = (h * h).Sum();
        h.Detach().Reshape(2, 1).Assign(0);
        Assert.Throws<InvalidOperationException>(() => y.Backward());
    }

    [Fact]
    public void After_a_write_gradients_flow_to_the_value_alone()
    {
        var x = Leaf(1, 2);
        var v = Leaf(3, 4);
        var h = x * 2;
        h.Assign(v);
        (h * 5).Sum().Backward();
        Assert.Equal([5f, 5f], GradOf(v));
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_plain_tensor_that_a_value_is_written_to_requires_a_gradient()
    {
        var buffer = Tensor.From(0f, 0f);
        var v = Leaf(3, 4);
        buffer.Assign(v);
        Assert.True(buffer.RequiresGrad);
        ((buffer * 2) + v).Sum().Backward();
        Assert.Equal([3f, 3f], GradOf(v));
    }

    [Fact]
    public void A_hook_on_what_was_written_sees_its_gradient_only()
    {
        var buffer = Tensor.From(0f, 0f);
        var v = Leaf(3, 4);
        var h = v * 1;
        buffer.Assign(h);
        float[]? seen = null;
        buffer.RegisterHook(g =>
        {
            seen = g.ToArray<float>();
            return null;
        });
        ((buffer * 2) + (h * 3)).Sum().Backward();
        Assert.Equal([2f, 2f], seen!);
        Assert.Equal([5f, 5f], GradOf(v));
    }

    [Fact]
    public void Writing_a_view_changes_the_bases_gradient()
    {
        var x = Leaf(Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]));
        var v = Leaf(10, 20);
        var h = x * 1;
        var row = h.T;
        // The first column of h, as the first row of its transpose.
        new Select0Op(0).Apply(row).Assign(v);
        Assert.Equal([10f, 2f, 3f, 20f, 5f, 6f], h.ToArray<float>());
        (h * Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3])).Sum().Backward();
        Assert.Equal([0f, 2f, 3f, 0f, 5f, 6f], GradOf(x));
        Assert.Equal([1f, 4f], GradOf(v));
    }

    [Fact]
    public void Writing_the_base_changes_its_views_gradient()
    {
        var x = Leaf(Tensor.From([1f, 2f, 3f, 4f], [2, 2]));
        var v = Leaf(Tensor.From([5f, 6f, 7f, 8f], [2, 2]));
        var h = x * 1;
        var view = h.T;
        h.Assign(v);
        Assert.Equal([5f, 7f, 6f, 8f], view.ToArray<float>());
        (view * Tensor.From([1f, 2f, 3f, 4f], [2, 2])).Sum().Backward();
        Assert.Equal([1f, 3f, 2f, 4f], GradOf(v));
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_view_written_twice_keeps_the_last_value()
    {
        var x = Leaf(1, 2, 3);
        var a = Leaf(4, 5, 6);
        var b = Leaf(7, 8, 9);
        var h = (x * 1).Reshape(3, 1);
        h.Assign(a.Reshape(3, 1));
        h.Assign(b.Reshape(3, 1) * 2);
        (h * 3).Sum().Backward();
        Assert.Equal([6f, 6f, 6f], GradOf(b));
        Assert.All(GradOf(a), g => Assert.Equal(0f, g));
        Assert.All(GradOf(x), g => Assert.Equal(0f, g));
    }

    [Fact]
    public void A_tensor_may_be_written_with_its_own_transpose()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f], [2, 2]);
        x.Assign(x.T);
        Assert.Equal([1f, 3f, 2f, 4f], x.ToArray<float>());
    }

    [Fact]
    public void A_view_of_a_strided_tensor_cannot_be_recorded()
    {
        var strided = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]).T.Detach();
        var error = Assert.Throws<InvalidOperationException>(
            () => new Select0Op(1).Apply(strided).Assign(Leaf(7, 8)));
        Assert.Contains("Contiguous()", error.Message);
        new Select0Op(1).Apply(strided).Assign(Tensor.From(7f, 8f));
        Assert.Equal([1f, 4f, 7f, 8f, 3f, 6f], strided.ToArray<float>());
    }

    [Fact]
    public void A_view_of_a_strided_tensor_cannot_be_written_while_recording()
    {
        var strided = Tensor.Ones(2, 3).T.Detach();
        var row = strided[0];
        var error = Assert.Throws<InvalidOperationException>(() => row.Assign(Leaf(1, 2) * 3));
        Assert.Contains("a view, shape (2,), of a strided tensor was written in place while "
            + "recording; make the tensor it views Contiguous() first", error.Message);
        Assert.Equal([1f, 1f], row.ToArray<float>());
    }

    /// <summary>A view of one slice of the first dimension.</summary>
    private sealed record Select0Op(int Index) : ViewOp
    {
        public override Layout View(Tensor x) => new(x.Shape.Without(0), x.Strides[1..].ToArray(),
            x.Layout.Offset + (Index * x.Strides[0]));
    }
}
