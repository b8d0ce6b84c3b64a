namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y[(i + shift) mod n] = x[i] along a dimension. Both are contiguous.</summary>
    void Roll(Tensor x, int dim, long shift, Tensor y);
}
