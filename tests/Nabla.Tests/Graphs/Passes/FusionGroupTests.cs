using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class FusionGroupTests
{
    [Fact]
    public void Operands_are_what_it_reads_from_outside_and_what_is_read_there()
    {
        var graph = Capture.Trace(x =>
        {
            var kept = x[0].Exp();
            var sum = kept + x[1];
            return [kept, sum.Tanh() * sum * x[0]];
        }, Tensor.Randn(3), Tensor.Randn(3));
        var group = new FusionGroup(new Readers(graph));
        var operands = new List<int>();
        foreach (var node in graph.Nodes)
        {
            operands.Add(group.OperandsWith(node));
            group.Add(node);
        }
        // Of Exp: x0 and kept; with Add: x1 and sum; with Tanh: its value too; then neither.
        Assert.Equal([2, 4, 5, 4, 4], operands);
        Assert.Equal([true, false, false, false, true],
            graph.Nodes.Select(n => group.Escapes(n.Outputs[0])));
        Assert.Equal(new Shape(3), group.Shape);
    }
}
