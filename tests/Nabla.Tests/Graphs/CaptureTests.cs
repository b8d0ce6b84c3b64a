using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class CaptureTests
{
    [Fact]
    public void A_function_is_traced_twice_on_tensors_without_value()
    {
        var calls = 0;
        var graph = Traces.Of(x =>
        {
            calls++;
            Assert.True(x[0].IsSymbolic);
            Assert.True(Capture.IsActive);
            return x[0].Exp() + x[1];
        }, Tensor.Randn(2, 3), Tensor.Randn(3));
        Assert.Equal(2, calls);
        Assert.False(Capture.IsActive);
        Assert.Equal(["Exp", "Add"], graph.Names());
        Assert.Equal(new Shape(2, 3), graph.Outputs[0].Spec.Shape);
    }

    [Fact]
    public void Reading_a_value_names_the_op_that_would_have_computed_it()
    {
        var e = Assert.Throws<GraphBreakException>(() => Traces.Of(
            x => x[0].Exp().Item() > 0 ? x[0] : x[0] * 2, Tensor.From(1f)));
        Assert.Contains("Exp", e.Message);
    }

    [Fact]
    public void Reading_an_argument_says_so()
    {
        var e = Assert.Throws<GraphBreakException>(() => Traces.Of(
            x => x[0].ToArray<float>()[0] > 0 ? x[0] : x[0] * 2, Tensor.From(1f)));
        Assert.Contains("argument", e.Message);
    }

    [Fact]
    public void What_runs_outside_has_values()
    {
        Tensor? state = null;
        var graph = Traces.Of(x =>
        {
            state ??= Capture.Outside(() => Tensor.From(2f) + 1);
            return x[0] * state;
        }, Tensor.From(1f));
        Assert.Equal(3, state!.Item());
        Assert.Equal(["Mul"], graph.Names());
    }

    [Fact]
    public void A_capture_inside_a_capture_is_refused()
    {
        var e = Assert.Throws<InvalidOperationException>(() => Traces.Of(
            x => { Traces.Of(y => y[0] * 2, x[0]); return x[0]; }, Tensor.From(1f)));
        Assert.Contains("already in progress", e.Message);
    }

    [Fact]
    public void A_trace_that_throws_leaves_gradients_and_versions_as_they_were()
    {
        var w = Tensor.From(1f);
        w.RequiresGrad = true;
        Assert.Throws<InvalidDataException>(() => Traces.Of(x =>
        {
            (w * x[0]).Backward();
            GradMode.NoGrad(() => w.Assign(x[0]));
            throw new InvalidDataException();
        }, Tensor.From(1f)));
        Assert.Null(w.Grad);
        Assert.Equal(0, w.Version);
        Assert.Equal(1, w.Item());
    }

    [Fact]
    public void The_number_of_random_draws_is_counted()
    {
        var graph = Traces.Of(x => x[0] + Tensor.Rand(2) + Tensor.Randn(2), Tensor.From(1f));
        var (state, draws) = Assert.Single(graph.Draws);
        Assert.Same(Generator.Default.State.Storage, state.Storage);
        Assert.Equal(2, draws);
    }
}
