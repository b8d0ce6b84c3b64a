using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class GraphValueTests
{
    [Fact]
    public void Its_name_tells_where_a_value_comes_from()
    {
        var state = Tensor.From(1f);
        var graph = Traces.Of(
            x => (x[0] + state) * 2.5 - Tensor.From(7f).Reshape(1, 1), Tensor.Randn(1));
        var names = graph.Nodes.SelectMany(n => n.Inputs).Select(v => v.ToString());
        Assert.Equal(["input0", "state0", "%0", "2.5", "constant1", "%1", "%2"], names);
    }

    [Fact]
    public void Only_what_the_step_itself_made_is_constant()
    {
        var state = Tensor.From(1f);
        var graph = Traces.Of(x => x[0] + state + 2 + Tensor.From(7f), Tensor.Randn(1));
        Assert.Equal([false, true, true], graph.Nodes.Select(n => n.Inputs[1].IsConstant));
        Assert.All(graph.Nodes, n => Assert.NotNull(n.Inputs[1].External));
    }
}
