namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = the running sums (or products) of x along a dimension, from its start or
    /// (<paramref name="reverse"/>) its end. Both are contiguous; not for booleans and 16-bit
    /// floats.</summary>
    void Scan(Tensor x, int dim, bool product, bool reverse, Tensor y);
}
