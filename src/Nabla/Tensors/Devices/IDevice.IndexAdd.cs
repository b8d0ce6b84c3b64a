namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y[o, index[j], i] += source[o, j, i], where j counts along a dimension; not for
    /// booleans and 16-bit floats. All are contiguous; indices (int64) are checked.</summary>
    void IndexAdd(Tensor source, int dim, Tensor index, Tensor y);
}
