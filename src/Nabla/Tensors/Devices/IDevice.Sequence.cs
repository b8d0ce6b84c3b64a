namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = start, start + step, … in row-major order; the last is end.</summary>
    void Sequence(double start, double step, double end, Tensor y);
}
