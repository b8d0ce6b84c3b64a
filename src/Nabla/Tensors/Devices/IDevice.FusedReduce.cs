using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y[0] = the fold of a chain's first output over some dimensions: those of size 1 in
    /// it, and those that it lacks in front. y[1], … = the chain's other outputs.</summary>
    /// <param name="program">The chain.</param>
    /// <param name="shape">What it computes, to which the inputs broadcast.</param>
    /// <param name="x">Its inputs.</param>
    /// <param name="y">The results, float32.</param>
    void FusedReduce<TFn>(FusedProgram program, Shape shape, ReadOnlySpan<Tensor> x,
        ReadOnlySpan<Tensor> y) where TFn : struct, IReduceFn;
}
