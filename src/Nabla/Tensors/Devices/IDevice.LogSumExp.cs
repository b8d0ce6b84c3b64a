namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = ln Σ eˣ over the last dimensions of x, those that y lacks or has with size 1;
    /// both contiguous, float32 or float64, and x not empty.</summary>
    void LogSumExp(Tensor x, Tensor y);
}
