namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = x with the order of elements reversed along each dimension whose bit is set.
    /// Both are contiguous.</summary>
    void Flip(Tensor x, int dims, Tensor y);
}
