using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Formats;

namespace Nabla.Cli.Runs;

/// <summary>What <c>train</c> and <c>eval</c> end with; its JSON keys stay.</summary>
internal sealed record RunResult
{
    private const string FileName = "result.json";

    public required string Model { get; init; }

    public required string Data { get; init; }

    public required int Epochs { get; init; }

    /// <summary>The mean loss of the last epoch's training batches; null when not known.</summary>
    public double? TrainLoss { get; init; }

    public double? TestLoss { get; init; }

    public double? TestAccuracy { get; init; }

    /// <summary>Seconds of training (of <c>eval</c>: of measuring), data loading apart.</summary>
    public double Seconds { get; init; }

    public double SamplesPerSecond { get; init; }

    public required string Run { get; init; }

    public long ResumedFromStep { get; init; }

    /// <summary>One object on one line.</summary>
    public string ToJson() => Json.Line(json =>
    {
        json.WriteString("model", Model);
        json.WriteString("data", Data);
        json.WriteNumber("epochs", Epochs);
        json.Number("train_loss", TrainLoss);
        json.Number("test_loss", TestLoss);
        json.Number("test_accuracy", TestAccuracy);
        json.Number("seconds", Math.Round(Seconds, 3));
        json.Number("samples_per_second", Math.Round(SamplesPerSecond, 1));
        json.Number("peak_memory_mb", Math.Round(PeakMemory.Megabytes, 1));
        json.WriteString("run", Run);
        json.WriteNumber("resumed_from_step", ResumedFromStep);
    });

    /// <summary>Keeps it in the run's folder.</summary>
    public void Write(string folder) => DurableFile.Write(Path.Combine(folder, FileName),
        stream => stream.Write(Encoding.UTF8.GetBytes(ToJson() + "\n")));

    /// <summary>The training loss that the run ended with, and the step it went on from; nulls when
    /// it did not end.</summary>
    public static (double? TrainLoss, long ResumedFromStep) ReadTraining(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is JsonObject json
                ? ((double?)json["train_loss"], (long?)json["resumed_from_step"] ?? 0)
                : (null, 0);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is damaged: {e.Message}", e);
        }
    }
}
