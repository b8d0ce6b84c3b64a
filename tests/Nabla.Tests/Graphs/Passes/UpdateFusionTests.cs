using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class UpdateFusionTests
{
    /// <summary>Just beyond the size from which it pays.</summary>
    private const int Out = 2100;
    private const int In = 1000;

    public static TheoryData<string, Func<ParameterGroup[], Optimizer>> Optimizers => new()
    {
        { "SGDUpdate", groups => new SGD(groups, 0.1) },
        { "SGDUpdate", groups => new SGD(groups, 0.1, 0.9, 0.3, weightDecay: 0.1) },
        { "SGDUpdate", groups => new SGD(groups, 0.1, 0.9, nesterov: true) },
        { "AdamUpdate", groups => new Adam(groups, 0.1) },
        { "AdamUpdate", groups => new AdamW(groups, 0.1) },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_step_takes_over_the_product_with_the_same_bits_and_no_room_for_a_gradient(
        string name, Func<ParameterGroup[], Optimizer> make)
    {
        var x = Batch(5);
        var (plain, fused) = (Weight(), Weight());
        var before = Traced(plain, make, x);
        var after = new UpdateFusion().Run(Traced(fused, make, x));
        Assert.Contains(name, before.Names());
        Assert.Contains($"{name}[MatMul]", after.Names());
        var (one, other) = (Planner.Build(before), Planner.Build(after));
        // But for holes that other values lie in.
        Assert.InRange(one.Bytes - other.Bytes, 9L * Out * In * sizeof(float) / 10, long.MaxValue);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(one.Run([x], null));
            Assert.True(other.Run([x], null));
        }
        Assert.Equal(plain.Detach().ToArray<float>(), fused.Detach().ToArray<float>());
    }

    [Fact]
    public void A_step_is_not_taken_when_the_loss_is_refused()
    {
        var (weight, x) = (Weight(), Batch(5));
        var before = weight.Detach().ToArray<float>();
        var plan = Planner.Build(new UpdateFusion().Run(
            Traced(weight, groups => new SGD(groups, 0.1, 0.9), x)));
        Assert.False(plan.Run([x], _ => false));
        Assert.Equal(before, weight.Detach().ToArray<float>());
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Long_sums_are_left_alone(int samples, bool expected) => Assert.Equal(
        expected, IsFused(new UpdateFusion().Run(
            Traced(Weight(), groups => new SGD(groups, 0.1), Batch(samples)))));

    [Fact]
    public void A_gradient_that_stays_in_the_caches_is_left_alone()
    {
        var weight = Tensor.Randn(40, 30);
        weight.RequiresGrad = true;
        Assert.False(IsFused(new UpdateFusion().Run(
            Traced(weight, groups => new SGD(groups, 0.1), Tensor.Randn(5, 30)))));
    }

    [Fact]
    public void A_gradient_that_somebody_else_reads_is_left_alone()
    {
        var weight = Weight();
        var optimizer = new SGD([new ParameterGroup([("w", weight)])], 0.1);
        var graph = Capture.Trace(x =>
        {
            weight.Grad = null;
            var loss = x[0].Linear(weight).Sin().Sum();
            loss.Backward();
            var norm = weight.Grad!.Square().Sum();
            optimizer.Step();
            return [loss, norm];
        }, Batch(5));
        Assert.False(IsFused(new UpdateFusion().Run(graph)));
    }

    /// <summary>The whole way: a layer beneath needs the old weight for its gradient.</summary>
    [Fact]
    public void A_captured_step_of_two_layers_has_the_bits_of_an_eager_one()
    {
        var x = Batch(5);
        Assert.Equal(Train(x, captured: false), Train(x, captured: true));
    }

    private static float[] Train(Tensor x, bool captured)
    {
        Tensor[] weights = [Weight(), Weight(1100, Out)];
        var optimizer = new SGD([new ParameterGroup(
            [("a", weights[0]), ("b", weights[1])])], 0.01, 0.9);
        Tensor[] Step(Tensor[] x)
        {
            Array.ForEach(weights, weight => weight.Grad = null);
            var loss = x[0].Linear(weights[0]).Tanh().Linear(weights[1]).Square().Mean();
            loss.Backward();
            optimizer.Step();
            return [loss];
        }
        var step = new CapturedStep(Step);
        for (var i = 0; i < 3; i++)
        {
            _ = captured ? step.Run(x) : Step([x]);
        }
        Assert.True(!captured || step.WasCaptured, step.BreakReason);
        return [.. weights.SelectMany(weight => weight.Detach().ToArray<float>())];
    }

    private static bool IsFused(Graph graph) =>
        graph.Names().Any(name => name.EndsWith("[MatMul]", StringComparison.Ordinal));

    private static Graph Traced(
        Tensor weight, Func<ParameterGroup[], Optimizer> make, Tensor x)
    {
        var optimizer = make([new ParameterGroup([("w", weight)])]);
        return new DeadCode().Run(Capture.Trace(x =>
        {
            weight.Grad = null;
            var loss = x[0].Linear(weight).Sin().Sum();
            loss.Backward();
            optimizer.Step();
            return [loss];
        }, x));
    }

    private static Tensor Batch(int samples) => Tensor.Randn(samples, In);

    private static Tensor Weight(int rows = Out, int columns = In)
    {
        var weight = Tensor.Arange(0, rows * columns).Reshape(rows, columns).To(DType.Float32).Sin()
            * 0.05f;
        weight.RequiresGrad = true;
        return weight;
    }
}
