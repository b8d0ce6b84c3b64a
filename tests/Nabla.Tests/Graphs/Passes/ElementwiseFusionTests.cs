using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class ElementwiseFusionTests
{
    [Fact]
    public void A_chain_becomes_one_op() => Assert.Equal(
        ["fused[Mul Add Sigmoid]"], Run(x => (x[0] * 2 + x[1]).Sigmoid()).Names());

    [Fact]
    public void Comparisons_and_choices_join_a_chain()
    {
        var graph = Run(x => Tensor.Where(x[0] > x[1], x[0].Exp(), x[1]));
        Assert.Contains(graph.Names(), n => n.StartsWith("fused[") && n.EndsWith(" Where]"));
    }

    [Fact]
    public void Two_chains_that_would_need_each_other_are_not_both_fused()
    {
        // exp, sigmoid … have two shapes; each chain as a whole would feed the other.
        static Tensor Step(Tensor[] x)
        {
            var a = x[0].Exp();
            var b = x[2].Exp();
            var later = (b + a).Tanh();
            var sum = b.Sigmoid().Sum(0);
            return (a * sum) + later.Sum(0);
        }
        Tensor[] x = [Tensor.Randn(2, 3), Tensor.Randn(2, 3), Tensor.Randn(4, 2, 3)];
        Assert.Equal(Step(x).ToArray<float>(), Run(Step).Replay(x));
    }

    [Fact]
    public void Another_op_between_two_chains_keeps_them_apart() => Assert.Equal(
        ["fused[Exp Tanh]", "Softmax", "fused[Exp Tanh]"],
        Run(x => x[0].Exp().Tanh().Softmax(0).Exp().Tanh()).Names());

    [Fact]
    public void A_chain_does_not_swallow_an_op_that_it_must_wait_for()
    {
        // exp feeds both the softmax and the difference, which needs the softmax: no cycle.
        var graph = Run(x =>
        {
            var y = x[0].Exp() * 2;
            return y - y.Softmax(0);
        });
        Assert.Equal(["fused[Exp Mul]", "Softmax", "Sub"], graph.Names());
    }

    [Fact]
    public void A_value_that_others_read_is_an_output_too()
    {
        var graph = new ElementwiseFusion().Run(Capture.Trace(x =>
        {
            var y = x[0].Exp();
            return [y.Tanh(), y];
        }, Tensor.Randn(4)));
        Assert.Equal(2, Assert.Single(graph.Nodes).Outputs.Count);
    }

    [Fact]
    public void Other_shapes_are_other_chains() => Assert.Equal(
        ["Exp", "fused[Add Tanh]"], Run(x => (x[0].Exp() + x[2]).Tanh()).Names());

    [Fact]
    public void Doubles_and_integers_stay_as_they_are() => Assert.Equal(["Exp", "Tanh"],
        new ElementwiseFusion().Run(Traces.Of(
            x => x[0].Exp().Tanh(), Tensor.Randn(4).To(DType.Float64))).Names());

    [Fact]
    public void A_chain_of_more_operands_than_a_loop_takes_is_cut()
    {
        var x = Enumerable.Range(0, 40).Select(_ => Tensor.Randn(5)).ToArray();
        var graph = new ElementwiseFusion().Run(Traces.Of(v => v.Aggregate((a, b) => a + b), x));
        Assert.InRange(graph.Nodes.Count, 2, 5);
        Assert.All(graph.Nodes, n => Assert.InRange(n.Inputs.Count + n.Outputs.Count, 2, 16));
        Assert.Equal(x.Aggregate((a, b) => a + b).ToArray<float>(), graph.Replay(x));
    }

    private static Graph Run(Func<Tensor[], Tensor> function) => new ElementwiseFusion().Run(
        Traces.Of(function, Tensor.Randn(2, 3), Tensor.Randn(2, 3), Tensor.Randn(4, 2, 3)));
}
