using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class FreezingTests
{
    [Fact]
    public void State_becomes_a_constant_once_and_inputs_stay()
    {
        var state = Tensor.From(1f, 2f);
        var graph = Traces.Of(x => ((x[0] + state) * state) + x[0], Tensor.Zeros(2));
        Assert.Contains("state0", graph.ToString());
        graph = new Freezing().Run(graph);
        Assert.DoesNotContain("state0", graph.ToString());
        Assert.Same(graph.Nodes[0].Inputs[1], graph.Nodes[1].Inputs[1]);
        Assert.Equal([5f, 13], graph.Replay(Tensor.From(2f, 3f)).Select(v => MathF.Round(v)));
    }

    [Fact]
    public void State_may_be_the_result()
    {
        var state = Tensor.From(1f, 2f);
        var graph = new Freezing().Run(Traces.Of(_ => state, Tensor.Zeros(2)));
        Assert.True(graph.Outputs[0].IsConstant);
    }
}
