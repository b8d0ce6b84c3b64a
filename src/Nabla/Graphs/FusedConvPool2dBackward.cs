using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// The gradients of <see cref="FusedConvPool2d"/>; inputs x (N, C, H, W), w (K, C, R, S), the
/// gradient of y, and the chain's other inputs. Outputs are those of the gradients of x, w and bias
/// that are wanted.
/// </summary>
/// <param name="Layer">The sizes that inputs do not tell.</param>
/// <param name="Chain">Gives the gradient of the convolution's output.</param>
/// <param name="Flow">Which of the chain's inputs is the gradient that comes out of the pooling;
/// the others are constants and what the forward kept.</param>
/// <param name="NeedsInput">Whether the gradient of x is wanted.</param>
/// <param name="NeedsWeights">Whether that of w is.</param>
/// <param name="NeedsBias">Whether that of the bias is.</param>
/// <param name="Specs">The outputs.</param>
/// <param name="Label">The ops, for printing.</param>
internal sealed record FusedConvPool2dBackward(
    ConvPool2dLayer Layer, FusedProgram Chain, int Flow, bool NeedsInput, bool NeedsWeights,
    bool NeedsBias, TensorSpec[] Specs, string Label) : Op
{
    private int _runs;

    public override string Name => $"fused[{Label}]";

    public override int OutputCount => Specs.Length;

    public override bool IsDifferentiable => false;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y) => Specs.CopyTo(y);

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        FusedElementwise.EmitWhenWarm(Chain, ref _runs);
        var next = 0;
        var gx = NeedsInput ? y[next++] : null;
        var gw = NeedsWeights ? y[next++] : null;
        var gb = NeedsBias ? y[next] : null;
        x[0].Device.ConvPool2dBackward(Chain, Flow, x[0], x[1], x[2], x[3..], gx, gw, gb,
            Layer.Geometry, Layer.Window, Layer.Divisor);
    }

    public bool Equals(FusedConvPool2dBackward? other) => ReferenceEquals(this, other);

    public override int GetHashCode() =>
        System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Specs[0];
}
