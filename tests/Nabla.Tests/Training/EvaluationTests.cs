using Nabla.Nn;
using Nabla.Training;

namespace Nabla.Tests.Training;

public class EvaluationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_changes_nothing_and_repeats_itself(bool eager)
    {
        var model = new TinyModel();
        var before = model.StateDict().Values.Select(t => t.ToArray<float>()).ToArray();
        var evaluation = new Evaluation(model, TinyRun.Loss, [new Accuracy()], eager);
        var first = evaluation.Run(TinyRun.Validation().Epoch(0));
        var second = evaluation.Run(TinyRun.Validation().Epoch(0));
        Assert.Equal(12, first.Samples);
        Assert.Equal((first.Loss, first["accuracy"]), (second.Loss, second["accuracy"]));
        Assert.True(model.IsTraining);
        Assert.Equal(before, model.StateDict().Values.Select(t => t.ToArray<float>()));
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        var evaluation = new Evaluation(new TinyModel(), TinyRun.Loss, []);
        Assert.Throws<OperationCanceledException>(() =>
            evaluation.Run(TinyRun.Validation().Epoch(0), new CancellationToken(true)));
    }
}
