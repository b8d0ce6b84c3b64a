using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

/// <summary>
/// Each op eagerly and captured: its value, its gradient, the gradient of its gradient, and all of
/// them between elementwise neighbours that fuse with it. The expected values are the eager ones,
/// which the op's own tests hold against PyTorch.
/// </summary>
public sealed class CapturedOpsTests
{
    private const int Replays = 6;

    private static readonly Tensor s_mean = Tensor.Zeros(3) + 0.1;
    private static readonly Tensor s_variance = Tensor.Ones(3) * 0.7;

    private static readonly Dictionary<string, (Func<Tensor[], Tensor> Op, Shape[] Shapes)> s_ops =
        new()
        {
            ["sigmoid"] = (x => x[0].Sigmoid(), [new(3, 7)]),
            ["softmax"] = (x => x[0].Softmax(1), [new(3, 7)]),
            ["log softmax"] = (x => x[0].LogSoftmax(0), [new(3, 7)]),
            ["sum of columns"] = (x => x[0].Square().Sum(0), [new(3, 7)]),
            ["mean of rows"] = (x => (x[0] - x[1]).Square().Mean(1), [new(3, 7), new(7)]),
            ["maximum"] = (x => (x[0] * 2).Amax(1, keepDim: true) - x[0], [new(3, 7)]),
            ["matmul"] = (x => x[0].MatMul(x[1]), [new(3, 5), new(5, 4)]),
            ["batched matmul"] = (x => x[0].MatMul(x[1]), [new(2, 3, 5), new(5, 4)]),
            ["linear"] = (x => x[0].Linear(x[1], x[2]), [new(3, 5), new(4, 5), new(4)]),
            ["conv2d"] = (x => x[0].Conv2d(x[1], x[2], stride: 1, padding: 1),
                [new(2, 3, 6, 5), new(4, 3, 3, 3), new(4)]),
            ["transposed conv2d"] = (
                x => x[0].ConvTranspose2d(x[1], x[2], stride: 2, padding: 1, outputPadding: 1),
                [new(2, 3, 4, 3), new(3, 4, 3, 3), new(4)]),
            ["dropout"] = (x => x[0].Dropout(0.4), [new(3, 7)]),
            ["average pool"] = (x => x[0].AvgPool2d(2), [new(2, 3, 4, 6)]),
            ["batch norm"] = (x => x[0].BatchNorm(x[1], x[2], 1e-5).Y,
                [new(4, 3, 2, 2), new(3), new(3)]),
            ["batch norm in use"] = (
                x => x[0].BatchNormInference(s_mean, s_variance, x[1], x[2], 1e-5),
                [new(4, 3, 2, 2), new(3), new(3)]),
            ["layer norm by hand"] = (x =>
            {
                var centred = x[0] - x[0].Mean(1, keepDim: true);
                return centred / (centred.Square().Mean(1, keepDim: true) + 1e-5).Sqrt();
            }, [new(4, 9)]),
            ["softmax by hand"] = (x =>
            {
                var e = (x[0] - x[0].Detach().Amax(1, keepDim: true)).Exp();
                return e / e.Sum(1, keepDim: true);
            }, [new(4, 33)]),
            ["views"] = (x => x[0].Transpose().Reshape(-1)[2..9] * 3, [new(3, 7)]),
            ["in-place"] = (x =>
            {
                var y = x[0] * 1;
                y[1].Assign(x[1]);
                return y;
            }, [new(3, 7), new(7)]),
        };

    public static TheoryData<string> Names => [.. s_ops.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_value_is_the_eager_one(string name) =>
        Same(name, op => x => [op(x)]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_gradient_is_the_eager_one(string name) =>
        Same(name, op => x => Gradients(op, x));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_of_its_gradient_is_the_eager_one(string name) =>
        Same(name, op => x => SecondGradients(op, x));

    [Theory]
    [MemberData(nameof(Names))]
    public void Between_elementwise_neighbours_it_is_the_eager_one(string name) =>
        Same(name, op => x => [Neighbours(op)(x)]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_gradients_between_elementwise_neighbours_are_the_eager_ones(string name) =>
        Same(name, op => x =>
            [.. Gradients(Neighbours(op), x), .. SecondGradients(Neighbours(op), x)]);

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Weights_and_state_after_updates_are_the_eager_ones(string optimizer)
    {
        float[][] Train(bool captured)
        {
            Generator.ManualSeed(3);
            var model = new Sequential(new Linear(6, 5), new BatchNorm1d(5), new Sigmoid(),
                new Dropout(0.3), new Linear(5, 2));
            Optimizer update = optimizer switch
            {
                "sgd" => new SGD(model, 0.1),
                "momentum" => new SGD(model, 0.1, momentum: 0.9),
                "adam" => new Adam(model, 0.01, weightDecay: 0.1),
                _ => new AdamW(model, 0.01),
            };
            Tensor[] Step(Tensor[] x)
            {
                update.ZeroGrad();
                var loss = model.Call(x[0]).Square().Mean();
                loss.Backward();
                update.Step();
                return [loss];
            }
            var step = new CapturedStep(Step);
            for (var i = 0; i < 8; i++)
            {
                Generator.Default.BeginStep(i + 1);
                update.LearningRate = 0.1 / (i + 1);
                var x = Tensor.Randn(8, 6);
                _ = captured ? step.Run(x) : Step([x]);
                Assert.Equal(captured, step.WasCaptured);
            }
            return [.. model.StateDict().Values.Concat(update.StateDict().Values)
                .Select(t => t.To(DType.Float32).ToArray<float>())];
        }
        var (eager, captured) = (Train(false), Train(true));
        Assert.Equal(eager.Length, captured.Length);
        for (var i = 0; i < eager.Length; i++)
        {
            Close($"{optimizer}, tensor {i}", eager[i], captured[i], 1e-5f);
        }
    }

    private static Tensor[] Gradients(Func<Tensor[], Tensor> op, Tensor[] x)
    {
        var leaves = Leaves(x);
        return [.. Tensor.Gradients([Weigh(op(leaves))], leaves).OfType<Tensor>()];
    }

    private static Tensor[] SecondGradients(Func<Tensor[], Tensor> op, Tensor[] x)
    {
        var leaves = Leaves(x);
        var first = Tensor.Gradients([Weigh(op(leaves))], leaves, createGraph: true);
        var total = first.OfType<Tensor>().Select(g => g.Square().Sum())
            .Aggregate((a, b) => a + b);
        return total.RequiresGrad
            ? [.. Tensor.Gradients([total], leaves).OfType<Tensor>()]
            : [total];
    }

    /// <summary>A scalar in which each element counts differently.</summary>
    private static Tensor Weigh(Tensor y) =>
        (y * (Tensor.Arange(y.Count).To(DType.Float32).Reshape(y.Shape) * 0.1 + 1)).Sum();

    private static Func<Tensor[], Tensor> Neighbours(Func<Tensor[], Tensor> op) => x =>
    {
        var y = op([(x[0] * 1.5 - 0.2).Tanh(), .. x[1..]]);
        return (y * 2 + y.Sigmoid()) * y;
    };

    private static Tensor[] Leaves(Tensor[] x) => Array.ConvertAll(x, tensor =>
    {
        var leaf = tensor.Detach();
        leaf.RequiresGrad = true;
        return leaf;
    });

    private static void Same(string name, Func<Func<Tensor[], Tensor>, Func<Tensor[], Tensor[]>> of)
    {
        var (op, shapes) = s_ops[name];
        var function = of(op);
        var step = new CapturedStep(function);
        for (var i = 0; i < Replays; i++)
        {
            Generator.ManualSeed(i);
            var x = Array.ConvertAll(shapes, shape => Tensor.Randn(shape) * 0.8);
            Generator.Default.BeginStep(1);
            var eager = function(x);
            Generator.Default.BeginStep(1);
            var captured = step.Run(x);
            Assert.True(step.WasCaptured, step.BreakReason);
            Assert.NotEmpty(eager);
            Assert.Equal(eager.Length, captured.Length);
            for (var k = 0; k < eager.Length; k++)
            {
                Assert.Equal(eager[k].Shape, captured[k].Shape);
                Close($"{name}, run {i}, output {k}", eager[k].ToArray<float>(),
                    captured[k].ToArray<float>(), 1e-5f);
            }
        }
    }

    private static void Close(string what, float[] expected, float[] actual, float tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"{what}, element {i}: expected {expected[i]}, got {actual[i]}");
        }
    }
}
