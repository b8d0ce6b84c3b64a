using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Softmax(Tensor x, Tensor y, int axis, bool log)
    {
        var (outer, size, inner) = Around(x.Shape, axis);
        if (x.DType == DType.Float32)
        {
            Kernels.Cpu.Softmax.Forward(
                (float*)x.Pointer, (float*)y.Pointer, outer, size, inner, log);
        }
        else
        {
            Kernels.Cpu.Softmax.Forward(
                (double*)x.Pointer, (double*)y.Pointer, outer, size, inner, log);
        }
        KeepAlive(x, y);
    }

    /// <inheritdoc/>
    public void SoftmaxBackward(Tensor gy, Tensor y, Tensor gx, int axis, bool log)
    {
        var (outer, size, inner) = Around(y.Shape, axis);
        if (y.DType == DType.Float32)
        {
            Kernels.Cpu.Softmax.Backward((float*)gy.Pointer, (float*)y.Pointer,
                (float*)gx.Pointer, outer, size, inner, log);
        }
        else
        {
            Kernels.Cpu.Softmax.Backward((double*)gy.Pointer, (double*)y.Pointer,
                (double*)gx.Pointer, outer, size, inner, log);
        }
        KeepAlive(gy, y, gx);
    }

    /// <summary>The product of the sizes before an axis, its own size, and of those
    /// after.</summary>
    private static (long Outer, long Size, long Inner) Around(Shape shape, int axis)
    {
        var (outer, inner) = (1L, 1L);
        foreach (var size in shape.Dims[..axis])
        {
            outer *= size;
        }
        foreach (var size in shape.Dims[(axis + 1)..])
        {
            inner *= size;
        }
        return (outer, shape.Dims[axis], inner);
    }
}
