using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class PoolingFusionTests
{
    public static TheoryData<string, Func<Tensor, Tensor>> Activations => new()
    {
        { "sigmoid", x => x.Sigmoid() },
        { "tanh", x => x.Tanh() },
        { "relu", x => x.Relu() },
        { "square", x => x * x },
        { "scaled", x => (x * 3).Sigmoid() + 1 },
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_layer_and_its_gradients_are_two_ops_and_give_the_eager_result(
        string name, Func<Tensor, Tensor> activation)
    {
        var x = Tensor.Randn(21, 3, 11, 12);
        Tensor[] parameters =
            [Tensor.Randn(5, 3, 3, 3), Tensor.Randn(5), Tensor.Full([3, 1, 1], 0.5f)];
        Array.ForEach(parameters, p => p.RequiresGrad = true);
        foreach (var inputNeeds in new[] { false, true })
        {
            var expected = Step(x, parameters, activation, inputNeeds);
            foreach (var emit in new[] { false, true })
            {
                var actual = Traces.Emitting(emit, () =>
                {
                    var graph = Optimized(x, parameters, activation, inputNeeds);
                    Assert.Single(graph.Nodes, n => n.Op is FusedConvPool2d);
                    Assert.Single(graph.Nodes, n => n.Op is FusedConvPool2dBackward);
                    Assert.DoesNotContain(graph.Names(), n => n.StartsWith("Conv2d"));
                    var plan = Planner.Build(graph);
                    for (var run = 0; run < 6; run++)
                    {
                        Assert.True(plan.Run([x], null));
                    }
                    return plan.Outputs.ToArray();
                });
                Assert.Equal(expected.Length, actual.Length);
                for (var i = 0; i < actual.Length; i++)
                {
                    Close(expected[i], actual[i], $"{name}, result {i}");
                }
            }
        }
    }

    [Fact]
    public void Without_gradients_the_layer_is_one_op()
    {
        var (x, w) = (Tensor.Randn(20, 1, 9, 9), Tensor.Randn(4, 1, 3, 3));
        Tensor Function(Tensor[] i) => i[0].Conv2d(w).Sigmoid().AvgPool2d(3);
        var graph = Fused(Traces.Of(Function, x));
        Assert.Equal(["fused[Conv2d Sigmoid AvgPool2d]"], graph.Names());
        Assert.Single(graph.Nodes[0].Outputs);
        var (expected, actual) = (Function([x]).ToArray<float>(), graph.Replay(x));
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    [Fact]
    public void What_something_else_reads_stays_apart()
    {
        var (x, w) = (Tensor.Randn(20, 1, 8, 8), Tensor.Randn(4, 1, 3, 3));
        Same(i => { var a = i[0].Conv2d(w).Sigmoid(); return a.AvgPool2d(2).Sum() + a.Sum(); });
        Same(i => { var c = i[0].Conv2d(w); return c.Sigmoid().AvgPool2d(2).Sum() + c.Amax(); });
        Same(i => i[0].Conv2d(w).Sigmoid().AvgPool2d(3, stride: 2));
        Same(i => i[0].Conv2d(w).Sigmoid().AvgPool2d(2, padding: 1));
        Same(i => i[0].Conv2d(w, stride: 2).Sigmoid().AvgPool2d(2));
        Same(i => i[0].Conv2d(w).Sigmoid().MaxPool2d(2));
        Same(i => (i[0].Conv2d(w) * i[0][.., .., 1..^1, 1..^1]).AvgPool2d(2));
        Same(i => i[0][..2].Conv2d(w).Sigmoid().AvgPool2d(2));

        void Same(Func<Tensor[], Tensor> function) => Assert.DoesNotContain(
            Fused(Traces.Of(function, x)).Nodes, n => n.Op is FusedConvPool2d);
    }

    [Fact]
    public void Doubles_stay_apart()
    {
        var (x, w) = (Tensor.Randn(20, 1, 8, 8).To(DType.Float64),
            Tensor.Randn(4, 1, 3, 3).To(DType.Float64));
        Assert.Contains("AvgPool2d", Fused(
            Traces.Of(i => i[0].Conv2d(w).Sigmoid().AvgPool2d(2), x)).Names());
    }

    private static Graph Fused(Graph graph) =>
        new PoolingFusion().Run(new ElementwiseFusion().Run(graph));

    private static Graph Optimized(
        Tensor x, Tensor[] parameters, Func<Tensor, Tensor> activation, bool inputNeeds) =>
        Compiler.Optimize(Capture.Trace(
            i => Step(i[0], parameters, activation, inputNeeds), [x]));

    /// <summary>The loss and all gradients.</summary>
    private static Tensor[] Step(
        Tensor x, Tensor[] parameters, Func<Tensor, Tensor> activation, bool inputNeeds)
    {
        // An input's gradient is needed when a layer with parameters comes first.
        var y = activation((inputNeeds ? x * parameters[2] : x)
            .Conv2d(parameters[0], parameters[1], padding: 1)).AvgPool2d(2);
        var loss = (y * y).Sum();
        return [loss, .. Tensor.Gradients([loss], parameters[..(inputNeeds ? 3 : 2)])
            .Select(g => g!)];
    }

    private static void Close(Tensor expected, Tensor actual, string what)
    {
        var scale = expected.Abs().Max().Item() + 1e-6;
        var difference = (expected - actual).Abs().Max().Item();
        Assert.True(difference <= 2e-5 * scale, $"{what}: {difference} of {scale}");
    }
}
