using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void FusedReduce<TFn>(FusedProgram program, Shape shape, ReadOnlySpan<Tensor> x,
        ReadOnlySpan<Tensor> y) where TFn : struct, IReduceFn
    {
        Span<long> strides = stackalloc long[shape.Rank];
        var inputs = stackalloc OperandSource[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            BroadcastStrides(x[i], shape, strides);
            inputs[i] = new OperandSource(
                shape.Dims, new(x[i].Pointer, x[i].DType, strides), DType.Float32);
        }
        var outputs = stackalloc float*[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            outputs[i] = (float*)y[i].Pointer;
        }
        Span<bool> reduced = stackalloc bool[shape.Rank];
        ReducedStrides(shape, y[0], reduced, strides);
        var source = new FusedSource(program, inputs, outputs);
        Kernels.Cpu.Reduce.Run<TFn, FusedSource>(DType.Float32, shape.Dims, reduced, ref source,
            new(y[0].Pointer, y[0].DType, strides));
    }
}
