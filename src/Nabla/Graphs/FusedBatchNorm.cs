using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// <see cref="BatchNormOp"/> whose first output is min(max(y + residual, 0), Upper): a residual of
/// x's shape is its last input, and either may be left out. NaN stays NaN.
/// </summary>
/// <param name="Epsilon">ε.</param>
/// <param name="HasResidual">Whether the last input is a residual.</param>
/// <param name="Upper">The largest output, ∞ for a ReLU; null for no limits.</param>
internal sealed record FusedBatchNorm(double Epsilon, bool HasResidual, double? Upper) : Op
{
    public override string Name => "FusedBatchNorm["
        + string.Join(' ', new[] { HasResidual ? "Add" : "", LimitName(Upper) }
            .Where(part => part.Length > 0)) + "]";

    public override int OutputCount => 4;

    public override bool IsDifferentiable => false;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        new BatchNormOp(Epsilon).InferAll(x[..^Residuals], y);
        if (HasResidual && TensorSpec.Of(x[^1]) != y[0])
        {
            throw new ArgumentException(
                $"{Name} expects a residual {y[0].Shape} but got {x[^1].Shape}");
        }
    }

    /// <summary>A residual's numbers are read before those at their places are written.</summary>
    public override bool MayOverwrite(int output, int input) =>
        HasResidual && output == 0 && input != 0;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var isAffine = x.Length - Residuals > 1;
        x[0].Device.BatchNormTraining(x[0], isAffine ? x[1] : null, isAffine ? x[2] : null,
            y[0], y[1], y[2], y[3], Epsilon, HasResidual ? x[^1] : null, Upper);
    }

    /// <summary>What limits are called in the names of ops.</summary>
    internal static string LimitName(double? upper) => upper switch
    {
        null => "",
        double.PositiveInfinity => "Relu",
        _ => "Clamp",
    };

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);

    private int Residuals => HasResidual ? 1 : 0;
}
