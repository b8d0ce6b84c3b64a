using Nabla.Optim.Schedules;

namespace Nabla.Training;

/// <summary>How a run goes. What a callback can do has no option here.</summary>
public sealed record TrainerOptions
{
    /// <summary>Passes over the training data.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Of all chance in the run beside the order of the data: dropout, noise.</summary>
    public long Seed { get; init; }

    /// <summary>How the learning rate goes.</summary>
    public Schedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>What is measured beside the loss.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [new Accuracy()];

    /// <summary>The largest norm of all gradients together, if any.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The largest absolute value of a gradient's element, if any.</summary>
    public double? ClipValue { get; init; }

    /// <summary>Run op by op instead of replaying a captured step.</summary>
    public bool Eager { get; init; }

    /// <summary>Where checkpoints are kept; null keeps none.</summary>
    public string? Folder { get; init; }

    /// <summary>Steps between checkpoints within an epoch; each epoch's end is saved in any case.
    /// </summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>Checkpoints kept beside the best one.</summary>
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>Go on from the folder's last checkpoint, if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>What a checkpoint says about the run and a resumed run must share, such as the
    /// model's name.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; init; } =
        new Dictionary<string, string>();

    internal void Check()
    {
        Require(Epochs >= 1, "the number of epochs is 1 or more", Epochs);
        Require(CheckpointEvery is null or >= 1, "a checkpoint comes every 1 step or more",
            CheckpointEvery ?? 0);
        Require(KeepCheckpoints >= 1, "1 checkpoint or more is kept", KeepCheckpoints);
    }

    private static void Require(bool holds, string rule, int value)
    {
        if (!holds)
        {
            throw new ArgumentException($"Trainer: {rule}, but got {value}");
        }
    }
}
