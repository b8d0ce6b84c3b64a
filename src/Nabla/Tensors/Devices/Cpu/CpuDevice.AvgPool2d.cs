using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void AvgPool2d(
        Tensor x, Tensor y, in Pool2dGeometry geometry, bool countPadding, int divisor)
    {
        var window = Window(x.Shape, in geometry);
        if (x.DType == DType.Float32)
        {
            PoolAverage.Forward((float*)x.Pointer, (float*)y.Pointer, Planes(x), window,
                countPadding, divisor);
        }
        else
        {
            PoolAverage.Forward((double*)x.Pointer, (double*)y.Pointer, Planes(x), window,
                countPadding, divisor);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void AvgPool2dBackward(
        Tensor gy, Tensor gx, in Pool2dGeometry geometry, bool countPadding, int divisor)
    {
        var window = Window(gx.Shape, in geometry);
        if (gx.DType == DType.Float32)
        {
            PoolAverage.Backward((float*)gy.Pointer, (float*)gx.Pointer, Planes(gx), window,
                countPadding, divisor);
        }
        else
        {
            PoolAverage.Backward((double*)gy.Pointer, (double*)gx.Pointer, Planes(gx), window,
                countPadding, divisor);
        }
        GC.KeepAlive(gy);
        GC.KeepAlive(gx);
    }
}
