using Nabla.Models;

namespace Nabla.Cli.Runs;

/// <summary>What the user asked of <c>train</c>; nulls are left to the run that is resumed, or to
/// the model's recipe.</summary>
internal sealed record TrainRequest(
    string? Model, string? Data, int? Epochs, int? BatchSize, string? Optimizer,
    double? LearningRate, string? Schedule, long? Seed, int? Threads, string? Folder,
    bool Resume, int? CheckpointEvery, bool Eager, bool Json)
{
    private const string DefaultModel = "digits-cnn";

    /// <summary>The model to train.</summary>
    /// <param name="former">The run that is resumed, if any.</param>
    public ModelEntry ChooseModel(RunInfo? former) => (Model ?? former?.Model) is { } name
        ? Choice.Model(name)
        : Data is not null && DataSets.Find(Data).Name is var data
            ? ModelZoo.All.FirstOrDefault(m => m.Recipe.Data == data)
                ?? Choice.Model(DefaultModel)
            : Choice.Model(DefaultModel);

    /// <summary>How to train it.</summary>
    public RunArguments ChooseArguments(ModelEntry model, RunInfo? former)
    {
        var recipe = model.Recipe;
        var before = former?.Arguments;
        var optimizer = Choice.Optimizer(Optimizer ?? before?.Optimizer ?? recipe.Optimizer);
        // A recipe's learning rate fits the recipe's optimizer only.
        var rate = optimizer.Name == (before?.Optimizer ?? recipe.Optimizer)
            ? before?.LearningRate ?? recipe.LearningRate
            : optimizer.LearningRate;
        return new RunArguments(
            Epochs ?? before?.Epochs ?? recipe.Epochs,
            BatchSize ?? before?.BatchSize ?? recipe.BatchSize,
            optimizer.Name,
            LearningRate ?? rate,
            Choice.Schedule(Schedule ?? before?.Schedule ?? recipe.Schedule).Name,
            Seed ?? before?.Seed ?? 0);
    }
}
