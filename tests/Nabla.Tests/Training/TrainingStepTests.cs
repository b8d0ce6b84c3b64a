using Nabla.Optim;
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
