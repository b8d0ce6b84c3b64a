namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y (N, O) = x (N, I) · wᵀ + b, with w (O, I) and b (O,) or null; x and w may have
    /// any strides.</summary>
    void Linear(Tensor x, Tensor w, Tensor? b, Tensor y);

    /// <summary>y = max(x · wᵀ + b, 0), float32.</summary>
    void FusedLinear(Tensor x, Tensor w, Tensor? b, Tensor y);
}
