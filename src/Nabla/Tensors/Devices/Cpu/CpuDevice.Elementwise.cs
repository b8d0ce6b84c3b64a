using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Unary<TFn>(DType compute, Tensor x, Tensor y) where TFn : struct, IUnaryFn
    {
        var shape = y.Shape;
        Span<long> sx = stackalloc long[shape.Rank];
        BroadcastStrides(x, shape, sx);
        Elementwise.Unary<TFn>(compute, shape.Dims, new(x.Pointer, x.DType, sx),
            new(y.Pointer, y.DType, y.Strides));
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void Binary<TFn>(DType compute, Tensor a, Tensor b, Tensor y)
        where TFn : struct, IBinaryFn
    {
        var shape = y.Shape;
        Span<long> sa = stackalloc long[shape.Rank];
        Span<long> sb = stackalloc long[shape.Rank];
        BroadcastStrides(a, shape, sa);
        BroadcastStrides(b, shape, sb);
        Elementwise.Binary<TFn>(compute, shape.Dims, new(a.Pointer, a.DType, sa),
            new(b.Pointer, b.DType, sb), new(y.Pointer, y.DType, y.Strides));
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void Ternary<TFn>(DType compute, Tensor a, Tensor b, Tensor c, Tensor y)
        where TFn : struct, ITernaryFn
    {
        var shape = y.Shape;
        Span<long> sa = stackalloc long[shape.Rank];
        Span<long> sb = stackalloc long[shape.Rank];
        Span<long> sc = stackalloc long[shape.Rank];
        BroadcastStrides(a, shape, sa);
        BroadcastStrides(b, shape, sb);
        BroadcastStrides(c, shape, sc);
        Elementwise.Ternary<TFn>(compute, shape.Dims, new(a.Pointer, a.DType, sa),
            new(b.Pointer, b.DType, sb), new(c.Pointer, c.DType, sc),
            new(y.Pointer, y.DType, y.Strides));
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(c);
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void Copy(Tensor x, Tensor y)
    {
        var shape = y.Shape;
        Span<long> sx = stackalloc long[shape.Rank];
        BroadcastStrides(x, shape, sx);
        Kernels.Cpu.Copy.Strided(shape.Dims, new(x.Pointer, x.DType, sx),
            new(y.Pointer, y.DType, y.Strides));
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void Fill(double value, Tensor y)
    {
        Kernels.Cpu.Copy.Fill(y.Shape.Dims, value, new(y.Pointer, y.DType, y.Strides));
        GC.KeepAlive(y);
    }
}
