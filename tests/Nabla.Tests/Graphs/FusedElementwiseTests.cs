using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class FusedElementwiseTests
{
    [Fact]
    public void It_is_named_after_the_ops_it_runs()
    {
        var op = Chain();
        Assert.Equal("fused[Exp Tanh]", op.Name);
        Assert.Equal(1, op.OutputCount);
        Assert.True(op.AcceptsStrides(0));
    }

    [Fact]
    public void Operands_must_expand_to_what_it_computes()
    {
        var op = Chain();
        Assert.Equal(new Shape(33), op.Apply(Tensor.Randn(33)).Shape);
        Assert.Contains("expand to (33,) but got (34,)",
            Assert.Throws<ArgumentException>(() => op.Apply(Tensor.Randn(34))).Message);
        Assert.Contains("expects 1 operands but got 2", Assert.Throws<ArgumentException>(
            () => op.Apply(Tensor.Randn(33), Tensor.Randn(33))).Message);
    }

    [Fact]
    public void Two_chains_are_equal_only_if_they_are_one()
    {
        var (a, b) = (Chain(), Chain());
        Assert.True(a.Equals(a));
        Assert.False(a.Equals(b));
    }

    [Fact]
    public void Code_is_emitted_after_some_runs_and_gives_the_same_bits()
    {
        var op = Chain();
        var (x, y) = (Tensor.Randn(33), Tensor.Empty(new Shape(33)));
        float[]? first = null;
        for (var run = 0; run < 6; run++)
        {
            Assert.Equal(run >= 4, op.Program.Compiled is not null);
            op.Forward([x], [y]);
            first ??= y.ToArray<float>();
            Assert.Equal(first, y.ToArray<float>());
        }
    }

    private static FusedElementwise Chain() => (FusedElementwise)Compiler.Optimize(
        Traces.Of(x => x[0].Exp().Tanh(), Tensor.Randn(33))).Nodes[0].Op;
}
