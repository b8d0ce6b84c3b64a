namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y[o, j, i] = x[o, index[o, j, i], i], where j counts along a dimension. All are
    /// contiguous; indices (int64) are checked.</summary>
    void Gather(Tensor x, int dim, Tensor index, Tensor y);
}
