using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class GraphTests
{
    [Fact]
    public void A_tensor_from_outside_has_one_number_however_often_it_is_read()
    {
        var (a, b) = (Tensor.From(1f), Tensor.From(1f));
        var graph = Traces.Of(x => (x[0] + a) * 2 + a + b, Tensor.From(1f));
        Assert.Equal(["input0", "state0", "%0", "2", "%1", "state0", "%2", "state1"],
            graph.Nodes.SelectMany(n => n.Inputs).Select(v => v.ToString()));
    }

    [Fact]
    public void A_graph_can_be_printed_and_drawn()
    {
        var graph = Traces.Of(x => x[0].Exp(), Tensor.From(1f));
        Assert.Equal(GraphListing.Of(graph), graph.ToString());
        Assert.Equal(GraphDrawing.Of(graph), graph.ToDot());
    }

    [Fact]
    public void Results_are_the_outputs_and_the_new_states()
    {
        var state = Tensor.From(1f);
        var graph = Traces.Of(x =>
        {
            state.Assign(state * 2);
            return x[0].Exp();
        }, Tensor.From(1f));
        Assert.Equal([graph.Outputs[0], graph.Assigns[0].Value], graph.Results);
    }

    [Fact]
    public void Replacing_nodes_renumbers_and_redirects_the_results()
    {
        var graph = Traces.Of(x => x[0].Exp().Log(), Tensor.From(1f));
        var kept = graph.Nodes[0];
        graph.With([kept], v => v.Producer?.Op is LogOp ? kept.Outputs[0] : v);
        Assert.Equal(["Exp"], graph.Names());
        Assert.Same(kept.Outputs[0], graph.Outputs[0]);
        Assert.Equal(0, kept.Index);
    }
}
