using System.Text.Json.Nodes;

namespace Nabla.Training;

/// <summary>Something that looks on or has a say at named moments of a run. Each method does
/// nothing unless overridden.</summary>
public abstract class Callback
{
    /// <summary>Under which name its state is kept in checkpoints.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Before the first step; <see cref="TrainingProgress.ResumedFromStep"/> is known.
    /// </summary>
    public virtual void OnFitStart(TrainingProgress progress)
    {
    }

    /// <summary>Before an epoch's first step, also when it goes on in its middle.</summary>
    public virtual void OnEpochStart(TrainingProgress progress)
    {
    }

    /// <summary>After a step.</summary>
    public virtual void OnStepEnd(TrainingProgress progress)
    {
    }

    /// <summary>After an epoch and its validation, before its checkpoint.</summary>
    public virtual void OnEpochEnd(TrainingProgress progress)
    {
    }

    /// <summary>After a checkpoint was written.</summary>
    public virtual void OnCheckpoint(TrainingProgress progress, string folder)
    {
    }

    /// <summary>Something that the user should know, one sentence.</summary>
    public virtual void OnWarning(TrainingProgress progress, string message)
    {
    }

    /// <summary>After the last step, also when the run was interrupted.</summary>
    public virtual void OnFitEnd(TrainingProgress progress)
    {
    }

    /// <summary>What it must remember to go on from a checkpoint, or null.</summary>
    public virtual JsonNode? Save() => null;

    /// <summary>Takes back what it saved.</summary>
    public virtual void Load(JsonNode state)
    {
    }
}
