namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = the inputs one after another along a dimension; they may have any strides.
    /// </summary>
    void Cat(ReadOnlySpan<Tensor> x, int dim, Tensor y);
}
