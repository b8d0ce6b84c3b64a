using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class EmitterTests
{
    public static TheoryData<long[], long[]> Broadcasts => new()
    {
        { [3, 5], [3, 5] },
        { [3, 5], [5] },
        { [3, 5], [3, 1] },
        { [3, 1], [1, 5] },
        { [3, 5], [] },
        { [], [2, 3, 17] },
        { [2, 1, 17], [3, 1] },
        { [40, 67], [40, 1] },
        { [40, 67], [67] },
        { [2, 3000], [2, 1] },
    };

    [Fact]
    public void Emitted_code_gives_the_interpreters_bits_for_every_length_of_tail()
    {
        for (var n = 0; n <= 70; n++)
        {
            var x = Tensor.Randn(n);
            var y = Tensor.Randn(n);
            Same([x, y]);
        }
    }

    [Theory]
    [MemberData(nameof(Broadcasts))]
    public void Emitted_code_gives_the_interpreters_bits_for_every_broadcast(long[] a, long[] b) =>
        Same([Tensor.Randn(new Shape(a)), Tensor.Randn(new Shape(b))]);

    [Fact]
    public void Emitted_code_gives_the_interpreters_bits_for_strided_inputs()
    {
        Same([Tensor.Randn(17, 9).Transpose(), Tensor.Randn(9, 17)]);
        Same([Tensor.Randn(9, 40)[.., 3..20], Tensor.Randn(9, 17)]);
    }

    [Fact]
    public void Special_values_come_out_alike()
    {
        var x = Tensor.From(float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f,
            float.Epsilon, float.MaxValue, -1f, 1e-30f, 88.8f, -104f, 1f, 2f, 3f, 4f, 5f, 6f);
        Same([x, x.Flip(0)]);
    }

    [Fact]
    public void Chains_of_equal_structure_share_their_code()
    {
        FusedElementwise Chain(float shift)
        {
            var graph = Compiler.Optimize(Traces.Of(
                x => (x[0].Exp() + Tensor.Scalar(shift)).Tanh(), Tensor.Randn(20)));
            var fused = (FusedElementwise)Assert.Single(graph.Nodes).Op;
            Emitter.TryCompile(fused.Program);
            return fused;
        }
        var (a, b) = (Chain(1), Chain(2));
        Assert.NotNull(a.Program.Compiled);
        Assert.Same(a.Program.Compiled, b.Program.Compiled);
    }

    [Fact]
    public void Where_it_is_switched_off_the_interpreter_stays()
    {
        var graph = Compiler.Optimize(Traces.Of(x => x[0].Exp().Tanh(), Tensor.Randn(20)));
        var fused = (FusedElementwise)graph.Nodes[0].Op;
        Traces.Emitting(false, () => { Emitter.TryCompile(fused.Program); return 0; });
        Assert.Null(fused.Program.Compiled);
    }

    private static void Same(Tensor[] x)
    {
        float[][] Run(bool emit) => Traces.Emitting(emit, () =>
        {
            var graph = Compiler.Optimize(Capture.Trace(Chain, x));
            var fused = graph.Nodes.Select(n => n.Op).OfType<FusedElementwise>().ToArray();
            Assert.True(fused.Length > 0 || x[0].Count == 0 || x[1].Count == 0);
            foreach (var chain in fused)
            {
                Emitter.TryCompile(chain.Program);
                Assert.Equal(emit, chain.Program.Compiled is not null);
            }
            var plan = Planner.Build(graph);
            plan.Run(x, null);
            return plan.Outputs.ToArray().Select(y => y.To(DType.Float32).ToArray<float>())
                .ToArray();
        });
        var (interpreted, emitted) = (Run(false), Run(true));
        for (var i = 0; i < interpreted.Length; i++)
        {
            Assert.Equal(interpreted[i].Select(BitConverter.SingleToInt32Bits),
                emitted[i].Select(BitConverter.SingleToInt32Bits));
        }
    }

    /// <summary>All arities, a condition, and two outputs.</summary>
    private static Tensor[] Chain(Tensor[] x)
    {
        var sum = x[0] * 3 + x[1].Sigmoid();
        var chosen = Tensor.Where(sum > x[1], sum.Exp(), sum / 7);
        return [chosen - 1, sum < 0, chosen.Abs().Log()];
    }
}
