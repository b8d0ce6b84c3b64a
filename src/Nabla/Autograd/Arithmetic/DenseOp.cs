using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>A copy of x in row-major order.</summary>
public sealed record DenseOp : Op
{
    /// <summary>The op: it has no attributes.</summary>
    public static DenseOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Copy(x[0], y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad];

    /// <summary>x in row-major order; itself when it is.</summary>
    internal static Tensor Of(Tensor x) => x.IsContiguous ? x : Instance.Apply(x);
}
