using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A copy of x that a source was written to, or added to, where indices along a dimension
/// say; inputs x, index and source.</summary>
/// <param name="Dim">The dimension, not negative.</param>
public abstract record IndexedWriteOp(int Dim) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(1);

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => input == 0;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var device = y[0].Device;
        device.CheckIndices(x[1], y[0].Shape.Dims[Dim], Name);
        device.Copy(x[0], y[0]);
        Write(device, x[2], x[1], y[0]);
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);

    /// <summary>Writes the source where the indices, which are in range, say.</summary>
    private protected abstract void Write(
        IDevice device, Tensor source, Tensor index, Tensor y);
}
