using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Optim.Schedules;
using Nabla.Tensors;
using Nabla.Training;

namespace Nabla.Tests.Training;

public class TrainingStepTests
{
    [Fact]
    public void Clipping_bounds_what_a_step_changes()
    {
        var free = Change(new TrainerOptions());
        Assert.InRange(Change(new TrainerOptions { ClipNorm = 1e-3 }), 0.9e-3, 1.001e-3);
        Assert.True(Change(new TrainerOptions { ClipValue = 1e-3 }) < free);
        Assert.Equal(
            Change(new TrainerOptions { ClipNorm = 1e-3 }),
            Change(new TrainerOptions { ClipNorm = 1e-3, Eager = true }), 1e-7);
    }

    [Fact]
    public void A_bad_input_is_named_as_such()
    {
        var model = new TinyModel();
        var step = new TrainingStep(
            model, new SGD(model, 1), TinyRun.Loss, new TrainerOptions());
        var input = Tensor.From([float.NaN, 0, 0], new Shape(1, 3));
        Assert.False(double.IsFinite(step.Run(input, Tensor.From(0L))));
        Assert.Equal("the batch's input holds a NaN or infinity",
            step.Diagnose(input, Tensor.From(0L)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void A_bad_loss_or_gradient_commits_nothing_and_the_first_bad_op_is_named(
        bool badLoss, bool eager)
    {
        var model = Network();
        var optimizer = new SGD(model, 0.1, momentum: 0.9);
        var isBad = Tensor.Scalar(0f);
        // √0 is fine, its gradient is not.
        Tensor Loss(Tensor y, Tensor target) => y.CrossEntropy(target)
            + (badLoss ? (1 - isBad).Log() : ((y * 0).Sum() + 1 - isBad).Sqrt());
        var step = new TrainingStep(model, optimizer, Loss, new TrainerOptions { Eager = eager });
        var (input, target) = Batch();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(double.IsFinite(step.Run(input, target)));
        }
        var before = State(model, optimizer);
        isBad.AsSpan<float>()[0] = 1;
        Assert.False(double.IsFinite(step.Run(input, target)));
        Assert.Equal(before, State(model, optimizer));
        var diagnosis = step.Diagnose(input, target);
        Assert.Contains(badLoss ? "Log made a NaN or infinity" : "the gradient of Sqrt", diagnosis);
        Assert.Equal(before, State(model, optimizer));
        isBad.AsSpan<float>()[0] = 0;
        Assert.True(double.IsFinite(step.Run(input, target)));
        Assert.NotEqual(before, State(model, optimizer));
    }

    [Fact]
    public void A_replayed_step_allocates_nothing()
    {
        var model = Network();
        var optimizer = new Adam(model, 1e-3, weightDecay: 1e-4);
        var schedule = new CosineSchedule(warmUp: 1);
        var step = new TrainingStep(model, optimizer, (y, t) => y.CrossEntropy(t),
            new TrainerOptions { ClipNorm = 1 });
        var (input, target) = Batch();
        var run = new RunLength(10, 10);
        void Step(int i)
        {
            optimizer.LearningRate = 1e-3 * schedule.Factor(i, run);
            Generator.Default.BeginStep(i);
            step.Run(input, target);
        }
        for (var i = 0; i < 40; i++)
        {
            Step(i);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 40; i < 60; i++)
        {
            Step(i);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>LeNet with batch norm and dropout.</summary>
    private static Sequential Network() => new(new Conv2d(1, 6, 5, padding: 2),
        new BatchNorm2d(6), new ReLU(), new MaxPool2d(2), new Conv2d(6, 16, 5), new ReLU(),
        new MaxPool2d(2), new Flatten(), new Linear(400, 120), new ReLU(), new Dropout(0.2),
        new Linear(120, 84), new ReLU(), new Linear(84, 10));

    private static (Tensor Input, Tensor Target) Batch() =>
        (Tensor.Randn(4, 1, 28, 28), Tensor.From(1L, 5L, 9L, 0L));

    private static float[] State(Module model, Optimizer optimizer) =>
        [.. model.StateDict().Values.Concat(optimizer.StateDict().Values)
            .SelectMany(t => t.To(DType.Float32).ToArray<float>())];

    private static double Change(TrainerOptions options)
    {
        var model = new TinyModel();
        var before = Weights(model);
        var step = new TrainingStep(model, new SGD(model, 1), TinyRun.Loss, options);
        step.Run(Tensor.From(new float[] { 3, 1, 2 }, new Shape(1, 3)), Tensor.From(0L));
        return Math.Sqrt(before.Zip(Weights(model), (a, b) => (double)(a - b) * (a - b)).Sum());
    }

    private static float[] Weights(TinyModel model) =>
        [.. model.Parameters().SelectMany(p => p.ToArray<float>())];
}
