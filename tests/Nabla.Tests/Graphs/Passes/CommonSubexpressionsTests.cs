using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class CommonSubexpressionsTests
{
    [Fact]
    public void Equal_ops_on_equal_inputs_run_once()
    {
        var graph = Run(x => (x[0] * 2).Exp() + (x[0] * 2).Exp());
        Assert.Equal(["Mul", "Exp", "Add"], graph.Names());
        Assert.Same(graph.Nodes[2].Inputs[0], graph.Nodes[2].Inputs[1]);
    }

    [Fact]
    public void Other_attributes_operands_or_numbers_are_other_values()
    {
        Assert.Equal(3, Run(x => x[0].Softmax(0) + x[0].Softmax(1)).Nodes.Count);
        Assert.Equal(3, Run(x => (x[0] - x[1]) * (x[1] - x[0])).Nodes.Count);
        Assert.Equal(3, Run(x => (x[0] * 2) + (x[0] * 3)).Nodes.Count);
    }

    [Fact]
    public void Two_random_draws_are_never_one() => Assert.Equal(2, Run(
        x => Tensor.Rand(2) + Tensor.Rand(2)).Nodes.Count(n => n.Op.Name.Contains("Uniform")));

    [Fact]
    public void Results_follow_to_the_op_that_stays()
    {
        var graph = new CommonSubexpressions().Run(Capture.Trace(
            x => [x[0].Exp(), x[0].Exp()], Tensor.Randn(2)));
        Assert.Single(graph.Nodes);
        Assert.Same(graph.Outputs[0], graph.Outputs[1]);
    }

    private static Graph Run(Func<Tensor[], Tensor> function) => new CommonSubexpressions().Run(
        Traces.Of(function, Tensor.Randn(2, 2), Tensor.Randn(2, 2)));
}
