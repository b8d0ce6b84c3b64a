using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class RewritingTests
{
    [Fact]
    public void Nodes_go_and_others_take_their_places_in_an_order_that_can_run()
    {
        var x = Tensor.Randn(4);
        var graph = Traces.Of(i => i[0].Exp().Relu() + i[0].Abs(), x);
        graph = new Swapping(graph).Run();
        Assert.Equal(["Abs", "Exp", "Neg", "Add"], graph.Names());
        Assert.Equal((-x.Abs().Exp() + x.Abs()).ToArray<float>(), graph.Replay(x));
    }

    /// <summary>Exp reads what Abs computes later, and Relu becomes Neg.</summary>
    private sealed class Swapping(Graph graph) : Rewriting(graph)
    {
        private readonly GraphNode _abs = graph.Nodes.First(node => node.Op is AbsOp);

        protected override void Visit(GraphNode node)
        {
            if (node.Op is ReluOp && Readers.Private(node.InputArray[0]) is { } exp)
            {
                var other = new GraphNode(exp.Op, _abs.OutputArray, exp.OutputArray);
                Replace(node, other,
                    new GraphNode(NegOp.Instance, other.OutputArray, node.OutputArray));
                Remove(exp);
            }
        }
    }
}
