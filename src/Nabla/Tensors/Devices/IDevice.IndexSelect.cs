namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y[o, j, i] = x[o, index[j], i], where j counts along a dimension. All are
    /// contiguous; indices (int64) are checked.</summary>
    void IndexSelect(Tensor x, int dim, Tensor index, Tensor y);
}
