using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Graphs.Passes;

public class NormFusionTests
{
    private static readonly Tensor W;
    private static readonly Tensor B;

    /// <summary>Before any trace: what a trace draws has no value.</summary>
    static NormFusionTests()
    {
        W = Tensor.Randn(3);
        B = Tensor.Randn(3);
    }

    public static TheoryData<string, Func<Tensor, Tensor>, string> Cases => new()
    {
        { "relu", x => Norm(x).Relu(), "FusedBatchNorm[Relu]" },
        { "relu without weights", x => x.BatchNorm().Y.Relu(), "FusedBatchNorm[Relu]" },
        { "relu6", x => Relu6(Norm(x)), "FusedBatchNorm[Clamp]" },
        { "a clamp", x => Norm(x).Clamp(0, 0.5), "FusedBatchNorm[Clamp]" },
        { "a clamp from below", x => (Norm(x) + x).Clamp(low: 0), "FusedBatchNorm[Add Relu]" },
        { "residual", x => x + Norm(x), "FusedBatchNorm[Add]" },
        { "residual without weights", x => x.BatchNorm().Y + x, "FusedBatchNorm[Add]" },
        { "residual and relu", x => (Norm(x) + x).Relu(), "FusedBatchNorm[Add Relu]" },
        { "two norms", x => (Norm(x) + Norm(x * 2)).Relu(),
            "BatchNorm Mul FusedBatchNorm[Add Relu]" },
        { "residual and relu6", x => Relu6(Norm(x) + x),
            "FusedBatchNorm[Add] LessOrEqual Relu Where" },
        { "a sum read twice", x => { var y = Norm(x) + x; return y.Relu() * y; },
            "FusedBatchNorm[Add] Relu Mul" },
        { "another reader", x => { var y = Norm(x); return y.Relu() * y; },
            "BatchNorm Relu Mul" },
        { "a residual of another shape", x => Norm(x) + x[..1], "BatchNorm Slice Add" },
        { "twice itself", x => { var y = Norm(x); return y + y; }, "BatchNorm Add" },
        { "a residual that comes later", x => { var y = Norm(x); return y + x.Exp(); },
            "BatchNorm Exp Add" },
        { "other limits", x => Norm(x).Clamp(-1, 1), null! },
        { "statistics", x =>
            {
                var (y, mean, variance) = x.BatchNorm();
                return y.Relu() + (mean * variance).Reshape(3, 1, 1);
            }, "FusedBatchNorm[Relu] Mul Reshape Add" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_normalization_takes_over_what_reads_it(
        string name, Func<Tensor, Tensor> function, string? ops)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var x = Tensor.Randn(4, 3, 5, 7).To(type);
            var expected = function(x).Numbers();
            var graph = Fused(Traces.Of(i => function(i[0]), x));
            ops ??= string.Join(' ', Traces.Of(i => function(i[0]), x).Names());
            if (type == DType.Float32)
            {
                Assert.Equal($"{name}: {ops}", $"{name}: {string.Join(' ', graph.Names())}");
            }
            Assert.Equal(expected, Replayed(graph, x));
        }
    }

    [Fact]
    public void Doubles_are_fused_too()
    {
        var x = Tensor.Randn(4, 3, 5).To(DType.Float64);
        Assert.Equal(["FusedBatchNorm[Add Relu]"],
            Fused(Traces.Of(i => (i[0].BatchNorm().Y + i[0]).Relu(), x)).Names());
        Assert.Equal(["FusedBatchNorm[Clamp]"], Fused(Traces.Of(
            i => Limited(i[0].BatchNorm().Y, 0.5), x)).Names());
        Assert.DoesNotContain("FusedBatchNorm[Clamp]", Fused(Traces.Of(
            i => Limited(i[0].BatchNorm().Y, 0.1), x)).Names());
        Assert.Equal(["BatchNorm", "Clamp"], Fused(Traces.Of(
            i => i[0].BatchNorm().Y.Clamp(0, 0.1), x)).Names());
    }

    /// <summary>1e300 is ∞ in float32, and 1e-50 is 0: no limits of a ReLU.</summary>
    [Theory]
    [InlineData(0, 1e300)]
    [InlineData(1e-50, double.PositiveInfinity)]
    public void Limits_of_doubles_behind_a_sum_stay_as_they_are(double low, double high)
    {
        var x = Tensor.Randn(4, 3, 5).To(DType.Float64);
        Tensor Sum(Tensor y) => (y.BatchNorm().Y + y) * 1e301;
        var graph = Fused(Traces.Of(i => (i[0].BatchNorm().Y + i[0]).Clamp(low, high), x));
        Assert.Equal(["FusedBatchNorm[Add]", "Clamp"], graph.Names());
        Assert.Equal(
            Sum(x).Clamp(low, high).Numbers(),
            Replayed(Fused(Traces.Of(i => Sum(i[0]).Clamp(low, high), x)), x));
    }

    [Fact]
    public void Results_are_left_alone()
    {
        var x = Tensor.Randn(4, 3, 5);
        Assert.Equal(["BatchNorm", "Relu"], Fused(Capture.Trace(i =>
        {
            var y = Norm(i[0]);
            return [y, y.Relu()];
        }, x)).Names());
        Assert.Equal(["FusedBatchNorm[Add]", "Relu"], Fused(Capture.Trace(i =>
        {
            var y = Norm(i[0]) + i[0];
            return [y, y.Relu()];
        }, x)).Names());
    }

    /// <summary>The branch that is normalized last is also limited; the sum reads it.</summary>
    [Fact]
    public void A_residual_that_was_fused_itself_is_not_read_too_early()
    {
        var x = Tensor.Randn(4, 3, 5);
        Tensor Run(Tensor x)
        {
            var y = Norm(x);
            var shortcut = Norm(x * 2).Relu();
            return (y + shortcut).Relu();
        }
        var graph = Fused(Traces.Of(i => Run(i[0]), x));
        GraphVerifier.Check(graph, "the pass");
        Assert.Equal(["BatchNorm", "Mul", "FusedBatchNorm[Relu]", "Add", "Relu"], graph.Names());
        Assert.Equal(Run(x).Numbers(), Replayed(graph, x));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Numbers_that_are_not_finite_stay_as_they_are(float number)
    {
        var x = Tensor.Randn(4, 3, 5);
        var numbers = x.ToArray<float>();
        numbers[7] = number;
        x = Tensor.From(numbers, x.Shape);
        foreach (var run in new Func<Tensor, Tensor>[]
        {
            x => Norm(x).Relu(), x => Relu6(Norm(x)), x => (Norm(x) + x).Relu(),
        })
        {
            Assert.Equal(
                run(x).Numbers(), Replayed(Fused(Traces.Of(i => run(i[0]), x)), x));
        }
    }

    private static Graph Fused(Graph graph) => new DeadCode().Run(new NormFusion().Run(graph));

    private static double[] Replayed(Graph graph, Tensor x)
    {
        GraphVerifier.Check(graph, "the pass");
        var plan = Planner.Build(graph);
        Assert.True(plan.Run([x], null));
        return plan.Outputs[0].Numbers();
    }

    private static Tensor Norm(Tensor x) => x.BatchNorm(W.To(x.DType), B.To(x.DType)).Y;

    private static Tensor Relu6(Tensor x) => Limited(x, 6);

    private static Tensor Limited(Tensor x, double upper) =>
        Tensor.Where(x >= upper, upper, x.Relu());
}
