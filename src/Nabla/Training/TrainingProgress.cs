using System.Diagnostics;

namespace Nabla.Training;

/// <summary>Where a run is; one object for the whole run, changed as it goes.</summary>
public sealed class TrainingProgress
{
    private readonly Stopwatch _clock = new();
    private long _samples;

    internal TrainingProgress(int epochs, int stepsPerEpoch, IReadOnlyList<Metric> metrics)
    {
        (Epochs, StepsPerEpoch) = (epochs, stepsPerEpoch);
        Train = new Averages(metrics);
    }

    /// <summary>Epochs in the run.</summary>
    public int Epochs { get; }

    /// <summary>Steps in an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The current epoch, from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Steps done in the current epoch.</summary>
    public int StepInEpoch { get; internal set; }

    /// <summary>Steps done in the run.</summary>
    public long Step => ((long)Epoch * StepsPerEpoch) + StepInEpoch;

    /// <summary>Steps in the run.</summary>
    public long Steps => (long)Epochs * StepsPerEpoch;

    /// <summary>The step that a checkpoint gave to go on from; 0 for a new run.</summary>
    public long ResumedFromStep { get; internal set; }

    /// <summary>The last step's mean loss.</summary>
    public double Loss { get; internal set; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; internal set; }

    /// <summary>Loss and metrics of the current epoch's training batches so far.</summary>
    public Averages Train { get; }

    /// <summary>Loss and metrics on the validation data after the last epoch, or null.</summary>
    public Averages? Validation { get; internal set; }

    /// <summary>The lowest validation loss so far (without validation data, training loss).
    /// </summary>
    public double BestLoss { get; internal set; } = double.PositiveInfinity;

    /// <summary>Seconds spent on training steps, without validation and checkpoints.</summary>
    public double Seconds => _clock.Elapsed.TotalSeconds;

    /// <summary>Training samples a second.</summary>
    public double SamplesPerSecond => _samples / Math.Max(Seconds, 1e-9);

    /// <summary>How long the rest takes at this speed.</summary>
    public TimeSpan TimeLeft => TimeSpan.FromSeconds(
        Step > ResumedFromStep ? Seconds / (Step - ResumedFromStep) * (Steps - Step) : 0);

    /// <summary>Why the run ends before its last epoch, or null; a callback may set it.</summary>
    public string? StopReason { get; set; }

    /// <summary>Whether the run was cancelled.</summary>
    public bool IsInterrupted { get; internal set; }

    internal void StartClock() => _clock.Start();

    internal void StopClock() => _clock.Stop();

    internal void Count(int samples) => _samples += samples;
}
