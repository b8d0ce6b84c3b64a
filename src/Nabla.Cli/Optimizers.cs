using Nabla.Nn;
using Nabla.Optim;

namespace Nabla.Cli;

/// <summary>An optimizer that can be asked for by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LearningRate">Its learning rate unless asked otherwise.</param>
/// <param name="Create">Makes it for a model and a learning rate.</param>
internal sealed record OptimizerEntry(
    string Name, double LearningRate, Func<Module, double, Optimizer> Create);

/// <summary>The optimizers by name.</summary>
internal static class Optimizers
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptimizerEntry> All { get; } =
    [
        new("sgd", 0.1, (model, rate) => new SGD(model, rate)),
        new("adam", 1e-3, (model, rate) => new Adam(model, rate)),
        new("adamw", 1e-3, (model, rate) => new AdamW(model, rate)),
    ];

    /// <summary>The optimizer of a name.</summary>
    /// <exception cref="UsageException">There is none; near names are listed.</exception>
    public static OptimizerEntry Find(string name) =>
        Choice.Find("optimizer", name, All, entry => entry.Name);
}
