using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class GraphTracerTests
{
    [Fact]
    public void A_write_through_a_view_is_a_scatter_and_found_again_in_the_base()
    {
        var graph = Traces.Of(x =>
        {
            var y = x[0] * 1;
            y[0].Assign(Tensor.Zeros(3));
            return y + 1;
        }, Tensor.Randn(2, 3));
        Assert.Contains("StridedScatter", graph.Names());
        Assert.Equal([1f, 1, 1, 2, 2, 2], graph.Replay(Tensor.Ones(2, 3)));
    }

    [Fact]
    public void A_view_made_before_a_write_sees_it()
    {
        var graph = Traces.Of(x =>
        {
            var y = x[0] * 1;
            var row = y[1];
            y.Assign(y * 10);
            return row * 1;
        }, Tensor.Randn(2, 3));
        Assert.Equal([10f, 10, 10], graph.Replay(Tensor.Ones(2, 3)));
    }

    [Fact]
    public void State_written_twice_is_assigned_once_with_the_last_value()
    {
        var state = Tensor.From(1f);
        var graph = Traces.Of(x =>
        {
            state.Assign(state + x[0]);
            state.Assign(state * 2);
            return state * 1;
        }, Tensor.From(3f));
        Assert.Single(graph.Assigns);
        Assert.Equal([8f], graph.Replay(Tensor.From(3f)));
        Assert.Equal(8, state.Item());
    }

    [Fact]
    public void A_tensor_made_and_written_inside_the_step_is_no_state()
    {
        var graph = Traces.Of(x =>
        {
            var local = Tensor.From(1f);
            local.Assign(x[0]);
            return local * 2;
        }, Tensor.From(3f));
        Assert.Empty(graph.Assigns);
        Assert.Equal([10f], graph.Replay(Tensor.From(5f)));
    }

    [Fact]
    public void A_gradient_that_was_there_before_goes_on_accumulating()
    {
        var w = Tensor.From(1f);
        w.RequiresGrad = true;
        (w * 3).Backward();
        var graph = Traces.Of(x =>
        {
            (w * x[0]).Backward();
            return x[0];
        }, Tensor.From(2f));
        Assert.Single(graph.Assigns);
        graph.Replay(Tensor.From(2f));
        Assert.Equal(5, w.Grad!.Item());
    }

    [Fact]
    public void A_tensor_that_leaked_from_another_step_is_refused()
    {
        Tensor? leaked = null;
        Traces.Of(x => leaked = x[0].Exp(), Tensor.From(2f));
        var e = Assert.Throws<GraphBreakException>(
            () => Traces.Of(x => x[0] + leaked!, Tensor.From(2f)));
        Assert.Contains("another captured step", e.Message);
    }
}
