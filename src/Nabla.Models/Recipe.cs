namespace Nabla.Models;

/// <summary>How a model is trained unless asked otherwise.</summary>
/// <param name="Data">The data set, or null where the user names one.</param>
/// <param name="Optimizer">The optimizer's name.</param>
/// <param name="LearningRate">Its (largest) learning rate.</param>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Augment">Whether training images are shifted, turned and scaled at random.</param>
public sealed record Recipe(
    string? Data, string Optimizer, double LearningRate, string Schedule, int Epochs, int BatchSize,
    bool Augment = false);
