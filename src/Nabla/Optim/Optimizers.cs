using Nabla.Nn;

namespace Nabla.Optim;

/// <summary>An optimizer that can be asked for by name.</summary>
/// <param name="LearningRate">Its learning rate unless asked otherwise.</param>
/// <param name="Create">Makes it for a model and a learning rate.</param>
public sealed record OptimizerEntry(double LearningRate, Func<Module, double, Optimizer> Create)
{
    /// <summary>Its name, as registered.</summary>
    public string Name { get; init; } = "";
}

/// <summary>The optimizers by name.</summary>
[Registry(typeof(Optimizer), Member = "Entry", Entry = typeof(OptimizerEntry))]
public static partial class Optimizers;
