namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = x with a value around it; negative pads crop. Both are contiguous.</summary>
    void Pad(
        Tensor x, ReadOnlySpan<long> before, ReadOnlySpan<long> after, double value, Tensor y);
}
