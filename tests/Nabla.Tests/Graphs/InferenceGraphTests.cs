using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class InferenceGraphTests
{
    [Fact]
    public void It_runs_with_the_tensors_it_reads_as_constants()
    {
        var state = Tensor.From(1f, 2f);
        var graph = InferenceGraph.Compile(x => (x + state).Square(), Tensor.Zeros(2), []);
        Assert.DoesNotContain("state", graph.Graph.ToString());
        Assert.Equal([4f, 16], graph.Run(Tensor.From(1f, 2f)).ToArray<float>());
    }

    [Fact]
    public void It_is_stale_when_a_constant_was_written()
    {
        var state = Tensor.From(1f, 2f);
        var graph = InferenceGraph.Compile(x => x + state, Tensor.Zeros(2), []);
        Assert.False(graph.IsStale());
        state.Assign(Tensor.From(3f, 4f));
        Assert.True(graph.IsStale());
    }

    [Fact]
    public void It_fits_one_shape_and_type()
    {
        var graph = InferenceGraph.Compile(x => x + 1, Tensor.Zeros(2), []);
        Assert.True(graph.Fits(Tensor.Ones(2)));
        Assert.False(graph.Fits(Tensor.Ones(3)));
        Assert.False(graph.Fits(Tensor.Ones(2).To(DType.Float64)));
    }

    [Fact]
    public void What_changes_state_or_draws_is_refused()
    {
        var state = Tensor.From(1f, 2f);
        var error = Assert.Throws<InvalidOperationException>(() => InferenceGraph.Compile(
            x =>
            {
                state.Assign(x);
                return x;
            }, Tensor.Zeros(2), []));
        Assert.Contains("changes its state", error.Message);
        error = Assert.Throws<InvalidOperationException>(() => InferenceGraph.Compile(
            x => x + Tensor.Rand(2), Tensor.Zeros(2), []));
        Assert.Contains("draws random numbers", error.Message);
    }
}
