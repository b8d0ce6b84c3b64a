using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Conv2d(Tensor x, Tensor w, Tensor? bias, Tensor y, in Conv2dGeometry geometry)
    {
        var shape = ShapeOf(x.Shape, w.Shape, in geometry);
        var b = bias is null ? null : bias.Pointer;
        if (y.DType == DType.Float32)
        {
            Conv2dKernels.Forward((float*)x.Pointer, (float*)w.Pointer, (float*)b,
                (float*)y.Pointer, in shape);
        }
        else
        {
            Conv2dKernels.Forward((double*)x.Pointer, (double*)w.Pointer, (double*)b,
                (double*)y.Pointer, in shape);
        }
        KeepAlive(x, w, bias, y);
    }

    /// <inheritdoc/>
    public void FusedConv2d(Tensor x, Tensor w, Tensor? bias, Tensor? residual, Tensor y,
        in Conv2dGeometry geometry, Limits limits)
    {
        var shape = ShapeOf(x.Shape, w.Shape, in geometry);
        Conv2dKernels.Forward((float*)x.Pointer, (float*)w.Pointer, (float*)y.Pointer, in shape,
            Epilogue(bias, residual, limits));
        KeepAlive(x, w, bias, residual, y);
    }

    /// <inheritdoc/>
    public void Conv2dBackwardData(Tensor gy, Tensor w, Tensor? bias, Tensor gx,
        in Conv2dGeometry geometry)
    {
        var shape = ShapeOf(gx.Shape, w.Shape, in geometry);
        var b = bias is null ? null : bias.Pointer;
        if (gx.DType == DType.Float32)
        {
            Conv2dKernels.Transposed((float*)gy.Pointer, (float*)w.Pointer, (float*)b,
                (float*)gx.Pointer, in shape);
        }
        else
        {
            Conv2dKernels.Transposed((double*)gy.Pointer, (double*)w.Pointer, (double*)b,
                (double*)gx.Pointer, in shape);
        }
        KeepAlive(gy, w, bias, gx);
    }

    /// <inheritdoc/>
    public void FusedConvTranspose2d(Tensor x, Tensor w, Tensor? bias, Tensor? residual, Tensor y,
        in Conv2dGeometry geometry, Limits limits)
    {
        var shape = ShapeOf(y.Shape, w.Shape, in geometry);
        Conv2dKernels.Transposed((float*)x.Pointer, (float*)w.Pointer, (float*)y.Pointer,
            in shape, Epilogue(bias, residual, limits));
        KeepAlive(x, w, bias, residual, y);
    }

    /// <inheritdoc/>
    public void Conv2dBackwardWeights(Tensor x, Tensor gy, Tensor gw, in Conv2dGeometry geometry)
    {
        var shape = ShapeOf(x.Shape, gw.Shape, in geometry);
        if (gw.DType == DType.Float32)
        {
            Conv2dKernels.BackwardWeights((float*)x.Pointer, (float*)gy.Pointer,
                (float*)gw.Pointer, in shape);
        }
        else
        {
            Conv2dKernels.BackwardWeights((double*)x.Pointer, (double*)gy.Pointer,
                (double*)gw.Pointer, in shape);
        }
        KeepAlive(x, gy, gw);
    }

    /// <inheritdoc/>
    public void Conv2dBackwardBias(Tensor gy, Tensor gb)
    {
        // A convolution of 1×1 over as many pixels has the same output.
        var shape = new Conv2dShape(gy.Shape[0], 1, gy.Shape[2], gy.Shape[3], gy.Shape[1],
            1, 1, 1, 1, 0, 0, 1, 1, 1);
        if (gb.DType == DType.Float32)
        {
            Conv2dKernels.BackwardBias((float*)gy.Pointer, (float*)gb.Pointer, in shape);
        }
        else
        {
            Conv2dKernels.BackwardBias((double*)gy.Pointer, (double*)gb.Pointer, in shape);
        }
        KeepAlive(gy, gb);
    }

    private static ConvEpilogue Epilogue(Tensor? bias, Tensor? residual, Limits limits) => new()
    {
        Bias = bias is null ? null : (float*)bias.Pointer,
        Residual = residual is null ? null : (float*)residual.Pointer,
        Activation = limits == Limits.None ? ConvActivation.None : ConvActivation.Clamp,
        Min = limits.Min,
        Max = limits.Max,
    };

    private static Conv2dShape ShapeOf(Shape x, Shape w, in Conv2dGeometry g) => new(
        x[0], x[1], x[2], x[3], w[0], w[2], w[3],
        g.Stride.Height, g.Stride.Width, g.Padding.Height, g.Padding.Width,
        g.Dilation.Height, g.Dilation.Width, g.Groups);
}
