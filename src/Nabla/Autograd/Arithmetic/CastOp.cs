using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>x converted to another element type; a gradient is converted back.</summary>
/// <param name="Type">The new type.</param>
public sealed record CastOp(DType Type) : Op
{
    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override bool IsDifferentiable => Type.IsFloat;

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(x[0].Shape, Type);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Copy(x[0], y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [b.InputSpec().DType.IsFloat ? Of(b.Grad, b.InputSpec().DType) : null];

    /// <summary>x in a type; itself when it has it.</summary>
    internal static Tensor Of(Tensor x, DType type) =>
        x.DType == type ? x : new CastOp(type).Apply(x);
}
