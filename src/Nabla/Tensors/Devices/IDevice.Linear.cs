namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y (N, O) = x (N, I) · wᵀ + b, with w (O, I) and b (O,) or null; x and w may have
    /// any strides.</summary>
    void Linear(Tensor x, Tensor w, Tensor? b, Tensor y);

    /// <summary>y = x · wᵀ + b + residual (N, O), float32; then max(y, 0) where
    /// <paramref name="relu"/>.</summary>
    void FusedLinear(
        Tensor x, Tensor w, Tensor? b, Tensor y, bool relu = true, Tensor? residual = null);

    /// <summary>y (M, N) = a (M, K) · b (K, N) + residual (M, N), float32, 0 where the mask (M, N)
    /// is not above 0; and the sums (N,) of its columns. a and b may have any strides.</summary>
    void FusedMatMul(
        Tensor a, Tensor b, Tensor? residual, Tensor? mask, Tensor y, Tensor? sums);
}
