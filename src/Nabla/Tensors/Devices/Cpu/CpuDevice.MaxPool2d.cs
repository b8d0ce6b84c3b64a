using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void MaxPool2d(Tensor x, Tensor y, Tensor? index, in Pool2dGeometry geometry)
    {
        var window = Window(x.Shape, in geometry);
        var places = index is null ? null : (long*)index.Pointer;
        if (x.DType == DType.Float32)
        {
            PoolMax.Forward((float*)x.Pointer, (float*)y.Pointer, places, Planes(x), window);
        }
        else
        {
            PoolMax.Forward((double*)x.Pointer, (double*)y.Pointer, places, Planes(x), window);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        GC.KeepAlive(index);
    }

    /// <inheritdoc/>
    public void MaxPool2dBackward(Tensor gy, Tensor index, Tensor gx)
    {
        var (size, outSize) = (PlaneSize(gx), PlaneSize(gy));
        var places = (long*)index.Pointer;
        if (gx.DType == DType.Float32)
        {
            PoolMax.Backward(
                (float*)gy.Pointer, places, (float*)gx.Pointer, Planes(gx), size, outSize);
        }
        else
        {
            PoolMax.Backward(
                (double*)gy.Pointer, places, (double*)gx.Pointer, Planes(gx), size, outSize);
        }
        GC.KeepAlive(gy);
        GC.KeepAlive(index);
        GC.KeepAlive(gx);
    }

    private static PoolWindow Window(Shape x, in Pool2dGeometry g) => Window(x[^2], x[^1], in g);

    private static PoolWindow Window(int height, int width, in Pool2dGeometry g) => new(
        height, width)
    {
        KernelHeight = g.Kernel.Height,
        KernelWidth = g.Kernel.Width,
        StrideHeight = g.Stride.Height,
        StrideWidth = g.Stride.Width,
        PadHeight = g.Padding.Height,
        PadWidth = g.Padding.Width,
        DilationHeight = g.Dilation.Height,
        DilationWidth = g.Dilation.Width,
        CeilMode = g.CeilMode,
    };

    private static long PlaneSize(Tensor x) => x.Shape.Dims[^2] * x.Shape.Dims[^1];

    private static long Planes(Tensor x)
    {
        var planes = 1L;
        foreach (var size in x.Shape.Dims[..^2])
        {
            planes *= size;
        }
        return planes;
    }
}
