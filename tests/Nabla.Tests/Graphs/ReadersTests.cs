using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ReadersTests
{
    private readonly Graph _graph;
    private readonly Readers _readers;

    public ReadersTests()
    {
        _graph = Capture.Trace(x =>
        {
            var result = x[0].Exp();
            return [result, result.Tanh().Abs() + x[0]];
        }, Tensor.Randn(3), Tensor.Randn(3));
        _readers = new(_graph);
    }

    [Fact]
    public void Nodes_stand_once_in_the_graphs_order()
    {
        var graph = Traces.Of(x => (x[0] * x[0]) + x[0], Tensor.Randn(3));
        Assert.Equal(graph.Nodes, new Readers(graph).Of(graph.Inputs[0]));
        Assert.Empty(_readers.Of(_graph.Inputs[1]));
    }

    [Fact]
    public void Only_a_result_is_one()
    {
        Assert.True(_readers.IsResult(_graph.Outputs[0]));
        Assert.False(_readers.IsResult(_graph.Nodes[1].Outputs[0]));
    }

    [Fact]
    public void All_readers_are_asked_and_a_caller_is_another()
    {
        var (exp, tanh) = (_graph.Nodes[0], _graph.Nodes[1]);
        Assert.True(_readers.AreAll(_graph.Inputs[0], node => node.Op is not TanhOp));
        Assert.False(_readers.AreAll(_graph.Inputs[0], node => node == exp));
        Assert.False(_readers.AreAll(_graph.Inputs[1], node => true));
        Assert.False(_readers.AreAll(exp.Outputs[0], node => node == tanh));
    }

    [Fact]
    public void A_private_value_has_one_reader_and_a_producer()
    {
        var (exp, tanh) = (_graph.Nodes[0], _graph.Nodes[1]);
        Assert.Same(tanh, _readers.Private(tanh.Outputs[0]));
        Assert.Null(_readers.Private(exp.Outputs[0]));
        Assert.Null(_readers.Private(_graph.Inputs[0]));
        Assert.Null(_readers.Private(_graph.Inputs[1]));
    }
}
