using Nabla.Tensors;

namespace Nabla.Training;

/// <summary>A number that is averaged over samples, such as the accuracy.</summary>
public abstract class Metric
{
    /// <summary>Its key in logs and results, in snake_case.</summary>
    public abstract string Name { get; }

    /// <summary>The sum over a batch's samples, (). It is part of the captured step, so it must not
    /// read values.</summary>
    /// <param name="prediction">What the model answered, (N, …).</param>
    /// <param name="target">What it should have answered, (N, …).</param>
    public abstract Tensor Sum(Tensor prediction, Tensor target);
}
