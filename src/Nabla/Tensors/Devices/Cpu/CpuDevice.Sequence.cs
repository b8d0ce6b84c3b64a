using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Sequence(double start, double step, double end, Tensor y)
    {
        var n = y.Count;
        switch (y.DType)
        {
            case DType.Float64:
                Kernels.Cpu.Sequence.Fill((double*)y.Pointer, n, start, step, end);
                break;
            case DType.Float32:
                Kernels.Cpu.Sequence.Fill((float*)y.Pointer, n, start, step, end);
                break;
            case DType.Int64:
                Kernels.Cpu.Sequence.Fill((long*)y.Pointer, n, (long)start, (long)step);
                break;
            case DType.Int32:
                Kernels.Cpu.Sequence.Fill((int*)y.Pointer, n, (long)start, (long)step);
                break;
            case DType.UInt8:
                Kernels.Cpu.Sequence.Fill((byte*)y.Pointer, n, (long)start, (long)step);
                break;
            default:
                using (var wide = Scratch.Rent((nint)Math.Max(1, n * sizeof(double))))
                {
                    Kernels.Cpu.Sequence.Fill((double*)wide.Pointer, n, start, step, end);
                    Kernels.Cpu.Copy.Strided(y.Shape.Dims,
                        new(wide.Pointer, DType.Float64, y.Strides),
                        new(y.Pointer, y.DType, y.Strides));
                }
                break;
        }
        GC.KeepAlive(y);
    }
}
