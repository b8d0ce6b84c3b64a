using System.Text.Json.Nodes;

namespace Nabla.Training;

/// <summary>Turns where a run is into a checkpoint's JSON, and back.</summary>
internal static class CheckpointState
{
    /// <summary>All that a run needs to go on, beside its tensors.</summary>
    public static JsonObject Save(TrainingProgress progress, TrainerOptions options,
        Data.DataLoader data, IEnumerable<Callback> callbacks)
    {
        var kept = new JsonObject();
        foreach (var callback in callbacks)
        {
            if (callback.Save() is { } state)
            {
                kept[callback.Name] = state;
            }
        }
        var sums = new JsonArray();
        foreach (var sum in progress.Train.Sums)
        {
            sums.Add((JsonNode)JsonValue.Create(sum));
        }
        return new JsonObject
        {
            ["format"] = CheckpointStore.FormatVersion,
            ["epoch"] = progress.Epoch,
            ["step_in_epoch"] = progress.StepInEpoch,
            ["step"] = progress.Step,
            ["epochs"] = progress.Epochs,
            ["seed"] = options.Seed,
            ["schedule"] = options.Schedule.GetType().Name,
            ["learning_rate"] = progress.LearningRate,
            ["best_loss"] = double.IsFinite(progress.BestLoss)
                ? JsonValue.Create(progress.BestLoss) : null,
            ["epoch_samples"] = progress.Train.Samples,
            ["epoch_sums"] = sums,
            ["identity"] = Identity(options, data),
            ["callbacks"] = kept,
        };
    }

    /// <summary>Puts a run where a checkpoint was written.</summary>
    /// <exception cref="InvalidDataException">It is another run's.</exception>
    public static void Load(JsonObject state, TrainingProgress progress, TrainerOptions options,
        Data.DataLoader data, IEnumerable<Callback> callbacks)
    {
        try
        {
            CheckIdentity(state, options, data);
            progress.Epoch = state["epoch"]!.GetValue<int>();
            progress.StepInEpoch = state["step_in_epoch"]!.GetValue<int>();
            progress.ResumedFromStep = progress.Step;
            progress.BestLoss = state["best_loss"]?.GetValue<double>() ?? double.PositiveInfinity;
            var sums = state["epoch_sums"]!.AsArray().Select(s => s!.GetValue<double>()).ToArray();
            if (sums.Length == progress.Train.Names.Count + 1)
            {
                progress.Train.Restore(state["epoch_samples"]!.GetValue<long>(), sums);
            }
            foreach (var callback in callbacks)
            {
                if (state["callbacks"]?[callback.Name] is { } kept)
                {
                    callback.Load(kept);
                }
            }
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException
            or FormatException)
        {
            throw new InvalidDataException($"the checkpoint's state.json is damaged: {e.Message}");
        }
    }

    private static void CheckIdentity(
        JsonObject state, TrainerOptions options, Data.DataLoader data)
    {
        var there = state["identity"]!.AsObject();
        var differences = new List<string>();
        foreach (var (key, here) in Identity(options, data))
        {
            var (now, then) = (here!.ToString(), there[key]?.ToString() ?? "nothing");
            if (now != then)
            {
                differences.Add($"{key} is {now}, it was {then}");
            }
        }
        if (differences.Count > 0)
        {
            throw new InvalidDataException("the checkpoint is of another run: "
                + $"{string.Join("; ", differences)}; repeat that run's options, or train into "
                + "another folder");
        }
    }

    private static JsonObject Identity(TrainerOptions options, Data.DataLoader data)
    {
        var identity = new JsonObject
        {
            ["seed"] = options.Seed,
            ["samples"] = data.SampleCount,
            ["batch_size"] = data.BatchSize,
        };
        foreach (var (key, value) in options.Identity)
        {
            identity[key] = value;
        }
        return identity;
    }
}
