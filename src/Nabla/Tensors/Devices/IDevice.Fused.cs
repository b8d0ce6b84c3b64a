using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>Runs a chain of scalar primitives; inputs broadcast to the outputs'
    /// shape.</summary>
    void Fused(FusedProgram program, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y);
}
