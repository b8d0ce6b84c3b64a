using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void AdaptiveAvgPool2d(Tensor x, Tensor y)
    {
        Shape from = x.Shape, to = y.Shape;
        if (x.DType == DType.Float32)
        {
            PoolAdaptiveAverage.Forward((float*)x.Pointer, (float*)y.Pointer, Planes(x),
                from[^2], from[^1], to[^2], to[^1]);
        }
        else
        {
            PoolAdaptiveAverage.Forward((double*)x.Pointer, (double*)y.Pointer, Planes(x),
                from[^2], from[^1], to[^2], to[^1]);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void AdaptiveAvgPool2dBackward(Tensor gy, Tensor gx)
    {
        Shape to = gx.Shape, from = gy.Shape;
        if (gx.DType == DType.Float32)
        {
            PoolAdaptiveAverage.Backward((float*)gy.Pointer, (float*)gx.Pointer, Planes(gx),
                to[^2], to[^1], from[^2], from[^1]);
        }
        else
        {
            PoolAdaptiveAverage.Backward((double*)gy.Pointer, (double*)gx.Pointer, Planes(gx),
                to[^2], to[^1], from[^2], from[^1]);
        }
        GC.KeepAlive(gy);
        GC.KeepAlive(gx);
    }
}
