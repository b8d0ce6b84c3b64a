using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Optim.Schedules;
using Nabla.Tensors;

namespace Nabla.Tests.Optim;

/// <summary>What changes from step to step is an input of a captured step, no part of it.</summary>
public class CapturedScheduleTests
{
    private const int Steps = 20;

    public static TheoryData<string> Optimizers =>
        ["sgd", "momentum", "nesterov", "adam", "adamw", "adam of float64"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_rate_that_changes_each_step_is_captured_once(string optimizer)
    {
        var captured = new Training(optimizer);
        var step = new CapturedStep(x => [captured.Step(x[0])]);
        Run(captured, x => step.Run(x)[0]);
        Assert.True(step.WasCaptured, step.BreakReason);
        Assert.Equal(1, step.Captures);
        var eager = new Training(optimizer);
        Run(eager, eager.Step);
        foreach (var (expected, actual) in eager.Weights.Zip(captured.Weights))
        {
            Assert.Equal(expected, actual, 1e-6);
        }
    }

    /// <summary>A trace at every step would differ if a rate or a count were frozen in it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Every_step_traces_the_same(string optimizer)
    {
        var captured = new Training(optimizer);
        var step = new CapturedStep(x => [captured.Step(x[0])]) { CheckEvery = 1 };
        step.OnRecapture += reason => Assert.Fail(reason);
        Run(captured, x => step.Run(x)[0]);
        Assert.Null(step.BreakReason);
        Assert.Equal(1, step.Captures);
    }

    private static void Run(Training training, Func<Tensor, Tensor> step)
    {
        var schedule = new CosineSchedule(warmUp: 1);
        var run = new RunLength(4, Steps / 4);
        var rates = new HashSet<double>();
        for (var i = 0; i < Steps; i++)
        {
            var rate = training.Optimizer.BaseLearningRate * schedule.Factor(i, run);
            training.Optimizer.LearningRate = rate;
            rates.Add(rate);
            Assert.True(double.IsFinite(step(Tensor.Randn(
                new Shape(8, 5), training.Type, new Generator(i))).To(DType.Float32).Item()));
        }
        Assert.True(rates.Count >= Steps - 2, $"only {rates.Count} different rates");
    }

    private sealed class Training
    {
        private readonly Sequential _model = new(new Linear(5, 7), new Tanh(), new Linear(7, 3));

        public Training(string optimizer)
        {
            Type = optimizer.EndsWith("float64") ? DType.Float64 : DType.Float32;
            _model.To(Type);
            var seed = 0;
            foreach (var weight in _model.Parameters())
            {
                var value = Tensor.Randn(weight.Shape, Type, new Generator(++seed));
                GradMode.NoGrad(() => weight.Assign(value));
            }
            Optimizer = optimizer switch
            {
                "sgd" => new SGD(_model, 0.1),
                "momentum" => new SGD(_model, 0.1, momentum: 0.9, weightDecay: 1e-3),
                "nesterov" => new SGD(_model, 0.1, momentum: 0.9, nesterov: true),
                "adamw" => new AdamW(_model, 0.02),
                _ => new Adam(_model, 0.02),
            };
        }

        public DType Type { get; }

        public Optimizer Optimizer { get; }

        public double[] Weights => [.. _model.Parameters()
            .SelectMany(p => p.To(DType.Float64).ToArray<double>())];

        public Tensor Step(Tensor x)
        {
            Optimizer.ZeroGrad();
            var loss = (_model.Call(x) - 0.3).Square().Mean();
            loss.Backward();
            Optimizer.Step();
            return loss.Detach();
        }
    }
}
