namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y[o, index[o, j, i], i] = source[o, j, i], where j counts along a dimension; the
    /// last wins. All are contiguous; indices (int64) are checked.</summary>
    void Scatter(Tensor source, int dim, Tensor index, Tensor y);

    /// <summary>y[o, index[o, j, i], i] += source[o, j, i]; not for booleans and 16-bit floats.
    /// </summary>
    void ScatterAdd(Tensor source, int dim, Tensor index, Tensor y);
}
