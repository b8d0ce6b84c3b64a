using Nabla.Training;

namespace Nabla.Tests.Training;

/// <summary>Does something after a step.</summary>
internal sealed class At(long step, Action action) : Callback
{
    public override void OnStepEnd(TrainingProgress progress)
    {
        if (progress.Step == step)
        {
            action();
        }
    }
}

/// <summary>Writes down what it is told.</summary>
internal sealed class Recorder : Callback
{
    public List<string> Moments { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Checkpoints { get; } = [];

    public override void OnFitStart(TrainingProgress progress) => Moments.Add("fit start");

    public override void OnEpochStart(TrainingProgress progress) => Moments.Add("epoch start");

    public override void OnStepEnd(TrainingProgress progress) => Moments.Add("step");

    public override void OnEpochEnd(TrainingProgress progress) => Moments.Add("epoch end");

    public override void OnFitEnd(TrainingProgress progress) => Moments.Add("fit end");

    public override void OnWarning(TrainingProgress progress, string message) =>
        Warnings.Add(message);

    public override void OnCheckpoint(TrainingProgress progress, string folder)
    {
        Moments.Add("checkpoint");
        Checkpoints.Add(folder);
    }
}
