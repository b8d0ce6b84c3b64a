namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>Mean and variance, Σ(x − mean)² / (n − correction), over the dimensions that
    /// <see cref="Reduce"/> would fold; both outputs have one shape.</summary>
    void Moments(Tensor x, long correction, Tensor variance, Tensor mean);
}
