using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class FusedReductionTests
{
    [Fact]
    public void It_is_named_after_the_ops_it_runs_and_equal_to_itself_only()
    {
        var (a, b) = (Sum(), Sum());
        Assert.Equal("fused[Exp Tanh SumTo]", a.Name);
        Assert.True(a.Equals(a));
        Assert.False(a.Equals(b));
    }

    [Fact]
    public void Operands_must_expand_to_what_the_chain_computes() => Assert.Contains(
        "expand to (33,) but got (34,)",
        Assert.Throws<ArgumentException>(() => Sum().Apply(Tensor.Randn(34))).Message);

    [Fact]
    public void Code_is_emitted_after_some_runs_and_gives_the_same_bits()
    {
        var op = Sum();
        var (x, y) = (Tensor.Randn(33), Tensor.Empty(new Shape(1)));
        float? first = null;
        for (var run = 0; run < 6; run++)
        {
            Assert.Equal(run >= 4, op.Program.Compiled is not null);
            op.Forward([x], [y]);
            first ??= y.Item();
            Assert.Equal(first, y.Item());
        }
        Assert.Equal(x.Exp().Tanh().Sum().Item(), first!.Value, 1e-5f);
    }

    private static FusedReduction Sum() => (FusedReduction)Compiler.Optimize(Traces.Of(
        x => x[0].Exp().Tanh().Sum(0, keepDim: true), Tensor.Randn(33))).Nodes[0].Op;
}
