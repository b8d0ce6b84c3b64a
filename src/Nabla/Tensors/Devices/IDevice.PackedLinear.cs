namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>Whether a linear layer of so many rows would reorder its weights (O, I) at each
    /// call, so that packing them once pays; float32.</summary>
    bool PaysPackedLinear(long rows, Shape weight);

    /// <summary>The weights (O, I) in the form in which <see cref="PackedLinear"/> reads them.
    /// </summary>
    Tensor PackLinear(Tensor w);

    /// <summary>y (N, O) = x (N, I) · wᵀ + b + residual (N, O), with packed weights, b (O,) or null
    /// and a residual or null; then max(y, 0) where <paramref name="relu"/>. x may have any
    /// strides; float32.</summary>
    void PackedLinear(
        Tensor x, Tensor packed, Tensor? b, Tensor y, bool relu, Tensor? residual);
}
