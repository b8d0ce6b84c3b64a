using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class ReductionFusionTests
{
    public static TheoryData<string, Func<Tensor[], Tensor>> Cases => new()
    {
        { "all", x => (x[0] - x[1]).Square().Mean() },
        { "last", x => (x[0] - x[1]).Square().Sum(-1) },
        { "first", x => (x[0] - x[1]).Square().Sum(0) },
        { "middle", x => (x[0] - x[1]).Abs().Sum([1]) },
        { "outer", x => (x[0] - x[1]).Abs().Mean([0, 2]) },
        { "largest", x => (x[0] * 3 - x[1]).Amax(-1) },
        { "smallest", x => (x[0] * 3 - x[1]).Amin([0, 1]) },
        { "one op", x => x[0].Exp().Sum(-1, keepDim: true) },
        { "one operand twice", x => (x[0] * x[0]).Sum() },
        { "a condition", x => Tensor.Where(x[0] > x[1], x[0], 0).Sum(1) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reduction_computes_its_chain_and_gives_the_eager_result(
        string name, Func<Tensor[], Tensor> function)
    {
        foreach (var shape in new Shape[] { [2, 3, 5], [3, 4, 70], [2, 3, 3000], [40, 30, 33] })
        {
            Tensor[] x = [Tensor.Randn(shape), Tensor.Randn(shape.Dims[2])];
            var expected = function(x).ToArray<float>();
            var (interpreted, emitted) = (Replay(x, false), Replay(x, true));
            Assert.Equal(interpreted, emitted);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected[i] - interpreted[i])
                    <= 1e-6f * (1 + Math.Abs(expected[i])), $"{name} {shape}, element {i}");
            }
        }

        float[] Replay(Tensor[] x, bool emit) => Traces.Emitting(emit, () =>
        {
            var graph = Run(function, x);
            var op = graph.Nodes.Select(n => n.Op).OfType<FusedReduction>().First();
            Emitter.TryCompile(op.Program);
            Assert.Equal(emit, op.Program.Compiled is not null);
            return graph.Replay(x);
        });
    }

    [Fact]
    public void A_mean_of_squares_is_one_pass() => Assert.Equal(
        ["fused[Sub Square SumTo]"],
        Run(x => (x[0] - x[1]).Square().Sum([0, 1], keepDim: true),
            Tensor.Randn(4, 5), Tensor.Randn(5)).Names());

    [Fact]
    public void What_else_is_used_of_the_chain_is_stored_on_the_way()
    {
        static Tensor Step(Tensor[] x)
        {
            var e = (x[0] - x[0].Amax(1, keepDim: true)).Exp();
            return e / e.Sum(1, keepDim: true);
        }
        var x = Tensor.Randn(7, 1500);
        var graph = Run(Step, x);
        Assert.Equal(["Amax", "fused[Sub Exp SumTo]", "Div"], graph.Names());
        Assert.Equal(2, graph.Nodes[1].Outputs.Count);
        var (expected, actual) = (Step([x]).ToArray<float>(), graph.Replay(x));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6f);
        }
    }

    [Fact]
    public void A_chain_that_becomes_new_state_is_left_for_the_end()
    {
        var state = Tensor.Randn(3, 4);
        var graph = Run(x =>
        {
            var next = state * x[0];
            state.Assign(next);
            return next.Sum([0, 1], keepDim: true);
        }, Tensor.Randn(4));
        Assert.Contains("SumTo", graph.Names());
    }

    [Fact]
    public void Doubles_and_views_are_left_alone()
    {
        Assert.Contains("SumTo", Run(x => x[0].Exp().Sum(0), Tensor.Randn(3, 4).To(DType.Float64))
            .Names());
        Assert.Contains("SumTo", Run(x => x[0].Exp().Transpose().Sum(0), Tensor.Randn(3, 4))
            .Names());
    }

    private static Graph Run(Func<Tensor[], Tensor> function, params Tensor[] x) =>
        new ReductionFusion().Run(new ElementwiseFusion().Run(new CommonSubexpressions().Run(
            Traces.Of(function, x))));
}
