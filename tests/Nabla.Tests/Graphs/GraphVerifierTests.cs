using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class GraphVerifierTests
{
    private static readonly Tensor s_x = Tensor.Randn(3, 4);

    [Fact]
    public void A_captured_graph_passes()
    {
        var state = Tensor.Randn(4);
        GraphVerifier.Check(Capture.Trace(x =>
        {
            state.Assign(x[0].Sum(0) * 2);
            return [x[0].Transpose().Reshape(2, 6), x[0], state];
        }, s_x), "capture");
    }

    [Fact]
    public void A_shape_that_an_op_does_not_infer_is_named_with_pass_and_node()
    {
        var message = Fault(graph => Replaced(
            graph, n => new GraphNode(n.Op, n.InputArray, [new TensorSpec(new Shape(5, 4),
                DType.Float32)])));
        Assert.Contains("after broken pass", message);
        Assert.Contains("Exp(input0: float32 (3, 4))", message);
        Assert.Contains("%0 should be float32 (3, 4)", message);
    }

    [Fact]
    public void A_type_that_an_op_does_not_infer_is_named() => Assert.Contains(
        "should be float32", Fault(graph => Replaced(graph, n => new GraphNode(
            n.Op, n.InputArray, [new TensorSpec(new Shape(3, 4), DType.Float64)]))));

    [Fact]
    public void Inputs_that_an_op_refuses_are_named_in_its_words() => Assert.Contains(
        "MatMul", Fault(graph => Replaced(graph, n => new GraphNode(
            MatMulOp.Instance, [n.InputArray[0], n.InputArray[0]], n.OutputArray))));

    [Fact]
    public void A_view_that_strides_do_not_allow_is_refused()
    {
        var graph = Traces.Of(x => x[0].Transpose().Exp(), s_x);
        var broken = graph.With([graph.Nodes[0], new GraphNode(new ReshapeOp(new Shape(2, 6)),
            graph.Nodes[0].OutputArray, [new TensorSpec(new Shape(2, 6), DType.Float32)])]);
        Assert.Throws<InvalidOperationException>(() => GraphVerifier.Check(broken, "x"));
    }

    [Fact]
    public void A_value_that_is_read_before_it_is_computed_is_named() => Assert.Contains(
        "reads %1 before it is computed",
        Fault(graph => graph.With([.. graph.Nodes.Reverse()])));

    [Fact]
    public void A_result_that_nobody_computes_is_named() => Assert.Contains(
        "the result %1 is computed by no node", Fault(graph => graph.With([graph.Nodes[0]])));

    [Fact]
    public void A_value_of_two_nodes_is_named() => Assert.Contains("by another node as well",
        Fault(graph => graph.With([graph.Nodes[0], .. graph.Nodes])));

    [Fact]
    public void New_state_of_another_size_is_named()
    {
        var state = Tensor.Randn(3);
        var graph = Capture.Trace(x =>
        {
            state.Assign(x[0].Sum(1));
            return [x[0].Exp().Sum(0)];
        }, s_x);
        var broken = graph.With([.. graph.Nodes], v => graph.Outputs[0]);
        Assert.Contains("is assigned to (3,)", Assert.Throws<InvalidOperationException>(
            () => GraphVerifier.Check(broken, "x")).Message);
    }

    private static string Fault(Func<Graph, Graph> pass) =>
        Assert.Throws<InvalidOperationException>(() => Compiler.Run(
            [new DeadCode(), new Broken(pass)], Traces.Of(x => x[0].Exp().Tanh(), s_x), null))
            .Message;

    /// <summary>The graph with another first node.</summary>
    private static Graph Replaced(Graph graph, Func<GraphNode, GraphNode> replace)
    {
        var (first, second) = (graph.Nodes[0], graph.Nodes[1]);
        var other = replace(first);
        return graph.With([other, new GraphNode(second.Op, other.OutputArray,
            second.OutputArray)]);
    }

    private sealed class Broken(Func<Graph, Graph> run) : IGraphPass
    {
        public string Name => "broken pass";

        public Graph Run(Graph graph) => run(graph);
    }
}
