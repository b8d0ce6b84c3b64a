using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Training;

/// <summary>The share of samples whose largest score, of (N, classes), is the target class, (N).
/// </summary>
[RegisteredName("accuracy")]
public sealed class Accuracy : Metric
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override Tensor Sum(Tensor prediction, Tensor target) =>
        prediction.ArgMax(1).Eq(target).To(DType.Float32).Sum();
}
