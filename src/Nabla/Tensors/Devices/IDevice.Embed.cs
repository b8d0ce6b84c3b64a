namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = x at the elements that a layout selects (counted from y's first), 0 elsewhere.
    /// y is contiguous; x has the layout's shape and may have any strides.</summary>
    void Embed(Tensor x, in Layout target, Tensor y);
}
