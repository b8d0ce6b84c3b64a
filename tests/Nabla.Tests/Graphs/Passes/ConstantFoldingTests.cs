using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class ConstantFoldingTests
{
    [Fact]
    public void What_depends_on_constants_only_is_computed_once()
    {
        var graph = Run(x => x[0] * (Tensor.From(1f, 2f) + 3).Exp().Sum());
        Assert.Equal(["Mul"], graph.Names());
        Assert.True(graph.Nodes[0].Inputs[1].IsConstant);
        var y = graph.Replay(Tensor.From(2f, 3f));
        Assert.Equal(2 * (Math.Exp(4) + Math.Exp(5)), y[0], 1e-3);
        Assert.Equal(3 * (Math.Exp(4) + Math.Exp(5)), y[1], 1e-3);
    }

    [Fact]
    public void Inputs_state_and_random_numbers_are_no_constants()
    {
        var state = Tensor.From(1f, 2f);
        Assert.Equal(3, Run(x => x[0] + state.Exp().Log()).Nodes.Count);
        Assert.Contains("Add", Run(x => Tensor.Rand(2) + 1).Names());
    }

    [Fact]
    public void Views_of_constants_are_constants() => Assert.Equal(["Add"],
        Run(x => x[0] + Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).Transpose()[0]).Names());

    [Fact]
    public void Large_results_are_computed_at_each_replay() => Assert.Equal(["Full", "Exp"],
        Run(x => Tensor.Zeros(300, 300).Exp()).Names().Where(n => n != "Dense"));

    [Fact]
    public void A_constant_may_be_the_result_or_the_new_state()
    {
        var state = Tensor.From(1f, 2f);
        var graph = Run(x =>
        {
            state.Assign(Tensor.From(3f, 4f) * 2);
            return Tensor.From(1f) + 1;
        });
        Assert.Empty(graph.Nodes);
        Assert.Equal([2f], graph.Replay(Tensor.From(0f, 0f)));
        Assert.Equal([6f, 8], state.ToArray<float>());
    }

    private static Graph Run(Func<Tensor[], Tensor> function) =>
        new ConstantFolding().Run(Traces.Of(function, Tensor.Randn(2)));
}
