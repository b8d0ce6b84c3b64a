using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nabla.Cli.Runs;

/// <summary>How a model is trained.</summary>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Optimizer">The optimizer's name.</param>
/// <param name="LearningRate">Its (largest) learning rate.</param>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Seed">Of all chance in the run.</param>
internal sealed record RunArguments(
    int Epochs, int BatchSize, string Optimizer, double LearningRate, string Schedule, long Seed)
{
    /// <summary>Writes them as properties.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("epochs", Epochs);
        json.WriteNumber("batch_size", BatchSize);
        json.WriteString("optimizer", Optimizer);
        json.WriteNumber("learning_rate", LearningRate);
        json.WriteString("schedule", Schedule);
        json.WriteNumber("seed", Seed);
    }

    /// <summary>Reads them back.</summary>
    public static RunArguments Read(JsonObject json) => new(
        json["epochs"]!.GetValue<int>(),
        json["batch_size"]!.GetValue<int>(),
        json["optimizer"]!.GetValue<string>(),
        json["learning_rate"]!.GetValue<double>(),
        json["schedule"]!.GetValue<string>(),
        json["seed"]!.GetValue<long>());
}
