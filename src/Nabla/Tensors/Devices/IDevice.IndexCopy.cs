namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y[o, index[j], i] = source[o, j, i], where j counts along a dimension; the last
    /// wins. All are contiguous; indices (int64) are checked.</summary>
    void IndexCopy(Tensor source, int dim, Tensor index, Tensor y);
}
