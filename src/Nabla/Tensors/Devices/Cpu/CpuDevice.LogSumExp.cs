namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void LogSumExp(Tensor x, Tensor y)
    {
        if (x.DType == DType.Float32)
        {
            Kernels.Cpu.LogSumExp.Rows(
                (float*)x.Pointer, (float*)y.Pointer, y.Count, x.Count / y.Count);
        }
        else
        {
            Kernels.Cpu.LogSumExp.Rows(
                (double*)x.Pointer, (double*)y.Pointer, y.Count, x.Count / y.Count);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }
}
