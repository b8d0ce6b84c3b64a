using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// y = pool(chain(x ⋆ w + bias)), float32; inputs x (N, C, H, W), w (K, C, R, S), maybe bias
/// (K,), and the chain's constants. Outputs are y and what the gradients need of the values before
/// the pooling.
/// </summary>
/// <param name="Layer">The sizes that inputs do not tell.</param>
/// <param name="Chain">A chain; its first output is pooled.</param>
/// <param name="Flow">Which of the chain's inputs the convolution feeds.</param>
/// <param name="HasBias">Whether there is a bias.</param>
/// <param name="KeepsSums">Whether the convolution's sums are kept, right after y.</param>
/// <param name="KeepsFirst">Whether what is pooled is kept, next; the chain's other outputs follow.
/// </param>
/// <param name="Specs">The outputs.</param>
/// <param name="Label">The ops, for printing.</param>
internal sealed record FusedConvPool2d(
    ConvPool2dLayer Layer, FusedProgram Chain, int Flow, bool HasBias, bool KeepsSums,
    bool KeepsFirst, TensorSpec[] Specs, string Label) : Op, ICountsWork
{
    private int _runs;

    public override string Name => $"fused[{Label}]";

    public override int OutputCount => Specs.Length;

    public override bool IsDifferentiable => false;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y) => Specs.CopyTo(y);

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        FusedElementwise.EmitWhenWarm(Chain, ref _runs);
        x[0].Device.ConvPool2d(Chain, Flow, x[0], x[1], HasBias ? x[2] : null, y[0],
            x[(HasBias ? 3 : 2)..], y[1..], KeepsSums, KeepsFirst, Layer.Geometry, Layer.Window,
            Layer.Divisor);
    }

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        Shape image = x[0].Shape, w = x[1].Shape;
        var output = Layer.Geometry.Output(new(image[2], image[3]), new(w[2], w[3]));
        return image[0] * output.Height * output.Width * w.Count;
    }

    public bool Equals(FusedConvPool2d? other) => ReferenceEquals(this, other);

    public override int GetHashCode() =>
        System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Specs[0];
}

/// <summary>A convolution and the average pooling behind it.</summary>
/// <param name="Geometry">The convolution's.</param>
/// <param name="Window">The pooling's window, and its stride.</param>
/// <param name="Divisor">What a window's sum is divided by.</param>
internal readonly record struct ConvPool2dLayer(
    Conv2dGeometry Geometry, Size2d Window, int Divisor);
