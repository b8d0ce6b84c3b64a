using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class TopologicalTests
{
    [Fact]
    public void Nodes_in_any_order_come_out_after_those_they_read()
    {
        var graph = Traces.Of(x =>
        {
            var a = x[0].Exp();
            var b = a.Log();
            return (a + b) * b.Tanh();
        }, Tensor.From(1f));
        var shuffled = graph.Nodes.ToArray();
        new Random(5).Shuffle(shuffled);
        var sorted = Topological.Sort(shuffled);
        Assert.Equal(graph.Nodes.ToHashSet(), sorted.ToHashSet());
        var done = new HashSet<GraphNode>();
        foreach (var node in sorted)
        {
            Assert.All(node.Inputs,
                v => Assert.True(v.Producer is null || done.Contains(v.Producer)));
            done.Add(node);
        }
    }

    [Fact]
    public void An_order_that_works_is_kept()
    {
        var graph = Traces.Of(x => x[0].Exp() + x[0].Log() + x[0].Tanh(), Tensor.From(1f));
        Assert.Equal(graph.Nodes, Topological.Sort([.. graph.Nodes]));
    }

    [Fact]
    public void A_very_long_chain_does_not_overflow_the_stack()
    {
        var graph = Traces.Of(
            x => Enumerable.Range(0, 20_000).Aggregate(x[0], (y, _) => y.Exp()), Tensor.From(1f));
        Assert.Equal(graph.Nodes, Topological.Sort([.. graph.Nodes.Reverse()]));
    }

    [Fact]
    public void Nodes_that_need_each_other_are_refused()
    {
        var graph = Traces.Of(x => x[0].Exp().Log(), Tensor.From(1f));
        var (a, b) = (graph.Nodes[0], graph.Nodes[1]);
        var c = new GraphNode(a.Op, [b.Outputs[0]], [a.Outputs[0]]);
        var e = Assert.Throws<InvalidOperationException>(() => Topological.Sort([b, c]));
        Assert.Contains("the graph has a cycle through", e.Message);
    }
}
