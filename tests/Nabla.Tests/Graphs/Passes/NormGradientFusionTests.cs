using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;
using Nabla.Tests.Kernels.Cpu;

namespace Nabla.Tests.Graphs.Passes;

[Collection(nameof(WorkerTeam))]
public class NormGradientFusionTests
{
    public static TheoryData<string, Func<Tensor[], Tensor>, string> Cases => new()
    {
        { "relu", p => Norm(p[0], p).Relu(), "FusedBatchNormBackward[Relu]" },
        { "relu without weights", p => p[0].BatchNorm().Y.Relu(),
            "FusedBatchNormBackward[Relu]" },
        { "a factor between", p => Relu6(Norm(p[0], p) * 9), "BatchNormBackward" },
        { "relu6", p => Relu6(p[0].BatchNorm(p[1] * 9, p[2]).Y),
            "FusedBatchNormBackward[Clamp]" },
        { "residual", p => p[0] + Norm(p[0], p), "BatchNormBackward" },
        { "residual and relu", p => (Norm(p[0], p) + p[0]).Relu(),
            "JoinedBatchNormBackward[Where]" },
        { "residual and relu without weights", p => (p[0].BatchNorm().Y + p[0]).Relu(),
            "JoinedBatchNormBackward[Where]" },
        { "two blocks", p =>
            {
                var r = (Norm(p[0], p) + p[0]).Relu();
                return (Norm(r * 2, p) + r).Relu();
            }, "JoinedBatchNormBackward[Where] JoinedBatchNormBackward[Add Where]" },
        { "two blocks without relu", p =>
            {
                var r = Norm(p[0], p) + p[0];
                return Norm(r * 2, p) + r;
            }, "BatchNormBackward JoinedBatchNormBackward[Add]" },
        { "two norms", p => (Norm(p[0] * 2, p) + Norm(p[0], p)).Relu(),
            "JoinedBatchNormBackward[Where] BatchNormBackward" },
        { "another mask", p => { var y = Norm(p[0], p); return Tensor.Where(y > 1, y, 0); },
            "BatchNormBackward" },
        { "two readers of the ReLU's gradient", p =>
            {
                var y = Norm(p[0], p);
                return Tensor.Where(y > 0, y, 0) * y.Relu();
            }, "JoinedBatchNormBackward[Add]" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradients_keep_their_bits(
        string name, Func<Tensor[], Tensor> function, string ops)
    {
        Shape[] shapes = [new(4, 3, 5, 7), new(6, 17), new(9, 1, 16), new(1, 2, 33),
            new(2, 40, 1, 1), new(40, 3, 8, 8)];
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            foreach (var shape in shapes)
            {
                var step = Step(function, shape, type, out var parameters);
                var c = Tensor.Randn(shape).To(type);
                var plain = Traces.Of(step, c);
                var expected = Replayed(plain, c);
                var graph = Fused(Traces.Of(step, c));
                Assert.Equal($"{name}: {ops}", $"{name}: " + string.Join(
                    ' ', graph.Names().Where(n => n.Contains("BatchNormBackward"))));
                Assert.Equal(expected, Replayed(graph, c));
                Assert.Equal(expected, step([c]).Numbers());
                GC.KeepAlive(parameters);
            }
        }
    }

    /// <summary>Through all passes and the plan, where ops write over their inputs.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_captured_steps_gradients_are_differences(
        string name, Func<Tensor[], Tensor> function, string ops)
    {
        const double Step = 1e-6;
        var shape = new Shape(3, 2, 5);
        var step = this.Step(function, shape, DType.Float64, out var parameters);
        var c = Tensor.Randn(shape).To(DType.Float64);
        var captured = new CapturedStep(x => [step(x)]);
        Assert.True(captured.TryReplay(c), ops);
        var gradient = captured.Outputs[0].Numbers();
        var at = 0;
        using var noGrad = GradMode.NoGrad();
        for (var k = 0; k < parameters.Length; k++)
        {
            var numbers = parameters[k].ToArray<double>();
            for (var i = 0; i < numbers.Length; i++, at++)
            {
                double Loss(double shift)
                {
                    var moved = (double[])numbers.Clone();
                    moved[i] += shift;
                    var all = (Tensor[])parameters.Clone();
                    all[k] = Tensor.From(moved, parameters[k].Shape);
                    return (function(all) * c).Sum().Item<double>();
                }
                var expected = (Loss(Step) - Loss(-Step)) / (2 * Step);
                Assert.True(Math.Abs(expected - gradient[at]) < 1e-5 * (1 + Math.Abs(expected)),
                    $"{name}: parameter {k}[{i}]: {expected} but got {gradient[at]}");
            }
        }
    }

    [Fact]
    public void A_block_in_a_captured_step_keeps_no_mask_and_its_bits_on_any_threads()
    {
        static Tensor Block(Tensor[] p)
        {
            var r = Norm(p[0], p).Relu();
            return (Norm(r * 2, p) + p[0]).Relu();
        }
        var shape = new Shape(40, 20, 9, 9);
        var step = Step(Block, shape, DType.Float32, out var parameters);
        var c = Tensor.Randn(shape);
        var eager = step([c]).Numbers();
        var captured = new CapturedStep(x => [step(x)]);
        var actual = KernelData.OnAnyThreads(() =>
        {
            Assert.True(captured.TryReplay(c));
            return captured.Outputs[0].ToArray<float>();
        });
        KernelData.Close<float>(eager, actual, 1e-4);
        Assert.DoesNotContain(captured.Graph!.Nodes.SelectMany(n => n.Outputs),
            value => value.Spec.DType == DType.Bool);
        GC.KeepAlive(parameters);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_give_the_same_gradients(float number)
    {
        foreach (Func<Tensor[], Tensor> function in new Func<Tensor[], Tensor>[]
        {
            p => Norm(p[0], p).Relu(), p => Relu6(Norm(p[0], p)),
            p => (Norm(p[0], p) + p[0]).Relu(),
        })
        {
            foreach (var shape in new[] { new Shape(4, 3, 5), new Shape(5, 3) })
            {
                var step = Step(function, shape, DType.Float32, out var parameters);
                parameters[0].AsSpan<float>()[7] = number;
                parameters[2].AsSpan<float>()[0] = -number;
                var c = Tensor.Randn(shape);
                Assert.Equal(Replayed(Traces.Of(step, c), c),
                    Replayed(Fused(Traces.Of(step, c)), c));
            }
        }
    }

    /// <summary>Gradients of (function · c).Sum() for x, weight and bias, one behind the other.
    /// </summary>
    private Func<Tensor[], Tensor> Step(
        Func<Tensor[], Tensor> function, Shape shape, DType type, out Tensor[] parameters)
    {
        Tensor[] leaves = [Tensor.Randn(shape).To(type), Tensor.Randn(shape[1]).To(type),
            Tensor.Randn(shape[1]).To(type)];
        foreach (var leaf in leaves)
        {
            leaf.RequiresGrad = true;
        }
        parameters = leaves;
        return x =>
        {
            var gradients = Tensor.Gradients([(function(leaves) * x[0]).Sum()], leaves);
            return Tensor.Cat([.. gradients.Zip(leaves, (g, leaf) =>
                (g ?? Tensor.Zeros(leaf.Shape, leaf.DType)).Reshape(-1))], 0);
        };
    }

    private static Graph Fused(Graph graph)
    {
        graph = new DeadCode().Run(new NormGradientFusion().Run(graph));
        GraphVerifier.Check(graph, "the pass");
        graph = new NormFusion().Run(graph);
        GraphVerifier.Check(graph, "the next pass");
        return graph;
    }

    private static double[] Replayed(Graph graph, Tensor c)
    {
        var plan = Planner.Build(graph);
        Assert.True(plan.Run([c], null));
        return plan.Outputs[0].Numbers();
    }

    private static Tensor Norm(Tensor x, Tensor[] p) => x.BatchNorm(p[1], p[2]).Y;

    private static Tensor Relu6(Tensor x) => Tensor.Where(x >= 6, 6, x.Relu());
}
