using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Fused(FusedProgram program, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var shape = y[0].Shape;
        Span<long> strides = stackalloc long[shape.Rank];
        var loop = new FusedLoop(program, shape.Dims);
        foreach (var input in x)
        {
            BroadcastStrides(input, shape, strides);
            loop.AddInput(new Operand(input.Pointer, input.DType, strides));
        }
        foreach (var output in y)
        {
            loop.AddOutput(new Operand(output.Pointer, output.DType, output.Strides));
        }
        loop.Run();
    }
}
