using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class GraphNodeTests
{
    [Fact]
    public void A_node_knows_its_op_its_inputs_and_its_outputs()
    {
        var graph = Capture.Trace(x =>
        {
            var (values, indices) = x[0].Max(1);
            return [values, indices];
        }, Tensor.Randn(2, 3));
        var node = graph.Nodes[0];
        Assert.IsType<MaxOp>(node.Op);
        Assert.Same(graph.Inputs[0], Assert.Single(node.Inputs));
        Assert.Equal([0, 1], node.Outputs.Select(v => v.Output));
        Assert.All(node.Outputs, v => Assert.Same(node, v.Producer));
        Assert.Equal(0, node.Index);
    }

    [Fact]
    public void A_node_that_adopts_values_is_their_producer()
    {
        var graph = Traces.Of(x => x[0].Exp().Log(), Tensor.Randn(2));
        var value = graph.Outputs[0];
        var node = new GraphNode(graph.Nodes[0].Op, [graph.Inputs[0]], [value]);
        Assert.Same(node, value.Producer);
        Assert.Same(value, Assert.Single(node.Outputs));
    }
}
