using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>A reduction that can compute what it folds on the way, by a fused chain.</summary>
internal interface IFusableFold
{
    /// <summary>The forward on a chain's first output; see <c>IDevice.FusedReduce</c>.</summary>
    void ForwardFused(FusedProgram program, Shape shape, ReadOnlySpan<Tensor> x,
        ReadOnlySpan<Tensor> y);
}
