using System.Text;
using System.Text.Json;

namespace Nabla.Training;

/// <summary>Appends what happens to a file, one JSON object a line: <c>start</c>, <c>epoch</c>,
/// <c>checkpoint</c>, <c>warning</c>, <c>end</c>.</summary>
/// <param name="path">The file, usually <c>events.jsonl</c> in the run's folder.</param>
public sealed class EventLog(string path) : Callback
{
    /// <inheritdoc/>
    public override void OnFitStart(TrainingProgress progress) => Write("start", progress, json =>
    {
        json.WriteNumber("epochs", progress.Epochs);
        json.WriteNumber("steps", progress.Steps);
        json.WriteNumber("resumed_from_step", progress.ResumedFromStep);
    });

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingProgress progress) => Write("epoch", progress, json =>
    {
        Number(json, "learning_rate", progress.LearningRate);
        Number(json, "samples_per_second", progress.SamplesPerSecond);
        Averages(json, "train", progress.Train);
        if (progress.Validation is { } validation)
        {
            Averages(json, "validation", validation);
        }
    });

    /// <inheritdoc/>
    public override void OnCheckpoint(TrainingProgress progress, string folder) =>
        Write("checkpoint", progress, json => json.WriteString("folder", Path.GetFileName(folder)));

    /// <inheritdoc/>
    public override void OnWarning(TrainingProgress progress, string message) =>
        Write("warning", progress, json => json.WriteString("message", message));

    /// <inheritdoc/>
    public override void OnFitEnd(TrainingProgress progress) => Write("end", progress, json =>
    {
        json.WriteBoolean("interrupted", progress.IsInterrupted);
        json.WriteString("stop_reason", progress.StopReason);
        Number(json, "seconds", progress.Seconds);
    });

    private void Write(string what, TrainingProgress progress, Action<Utf8JsonWriter> more)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("event", what);
            json.WriteString("time", DateTimeOffset.UtcNow);
            json.WriteNumber("epoch", progress.Epoch);
            json.WriteNumber("step", progress.Step);
            more(json);
            json.WriteEndObject();
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.AppendAllText(path, Encoding.UTF8.GetString(line.ToArray()) + "\n");
    }

    private static void Averages(Utf8JsonWriter json, string name, Averages averages)
    {
        json.WriteStartObject(name);
        Number(json, "loss", averages.Loss);
        foreach (var metric in averages.Names)
        {
            Number(json, metric, averages[metric]);
        }
        json.WriteEndObject();
    }

    /// <summary>JSON has no infinities and no NaN.</summary>
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
