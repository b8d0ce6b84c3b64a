namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y (…, M, N) = a (…, M, K) · b (…, K, N): leading dimensions of a and b are equal to y's or
    /// have stride 0. y is contiguous; a and b may have any strides.
    /// </summary>
    void MatMul(Tensor a, Tensor b, Tensor y);
}
