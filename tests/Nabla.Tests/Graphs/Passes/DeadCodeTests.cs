using Nabla.Autograd;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class DeadCodeTests
{
    [Fact]
    public void Ops_that_nothing_uses_go_with_all_that_only_they_need()
    {
        var graph = Traces.Of(x =>
        {
            _ = x[0].Exp().Log();
            return x[0].Tanh();
        }, Tensor.From(1f));
        Assert.Equal(["Exp", "Log", "Tanh"], graph.Names());
        Assert.Equal(["Tanh"], new DeadCode().Run(graph).Names());
    }

    [Fact]
    public void Ops_of_which_one_output_is_used_stay()
    {
        var graph = Traces.Of(x => x[0].Max(0, keepDim: true).Indices, Tensor.Randn(3));
        Assert.Contains("Max", new DeadCode().Run(graph).Names());
    }

    [Fact]
    public void State_changes_are_uses()
    {
        var state = Tensor.From(1f);
        var graph = Traces.Of(x =>
        {
            state.Assign(state.Exp());
            return x[0];
        }, Tensor.From(1f));
        Assert.Equal(["Exp"], new DeadCode().Run(graph).Names());
    }
}
