using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public Tensor PackConv2d(Tensor w, Tensor? bias, Shape input, in Conv2dGeometry geometry)
    {
        var shape = ShapeOf(input, w.Shape, in geometry);
        var packed = Tensor.Empty(new Shape(NhwcConv.PackedSize(in shape)), DType.Float32, this);
        NhwcConv.Pack(in shape, (float*)w.Pointer, bias is null ? null : (float*)bias.Pointer,
            (float*)packed.Pointer);
        KeepAlive(w, bias);
        return packed;
    }

    /// <inheritdoc/>
    public void ChannelsLastConv2d(Tensor x, Tensor packed, Tensor? residual, Tensor y,
        Shape weight, in Conv2dGeometry geometry, bool fromChannelsFirst, Limits limits)
    {
        var d = x.Shape;
        var (channels, height, width) =
            fromChannelsFirst ? (d[1], d[2], d[3]) : (d[3], d[1], d[2]);
        var shape = new Conv2dShape(
            d[0], channels, height, width, weight[0], weight[2], weight[3],
            geometry.Stride.Height, geometry.Stride.Width,
            geometry.Padding.Height, geometry.Padding.Width,
            geometry.Dilation.Height, geometry.Dilation.Width, geometry.Groups);
        NhwcConv.Forward(in shape, fromChannelsFirst, (float*)x.Pointer, (float*)packed.Pointer,
            (float*)y.Pointer, Epilogue(null, residual, limits));
        KeepAlive(x, packed, residual, y);
    }

    /// <inheritdoc/>
    public Tensor PackConvTranspose2d(
        Tensor w, Tensor? bias, Shape output, in Conv2dGeometry geometry)
    {
        var shape = ShapeOf(output, w.Shape, in geometry);
        var packed = Tensor.Empty(
            new Shape(NhwcConvTranspose.PackedSize(in shape)), DType.Float32, this);
        NhwcConvTranspose.Pack(in shape, (float*)w.Pointer,
            bias is null ? null : (float*)bias.Pointer, (float*)packed.Pointer);
        KeepAlive(w, bias);
        return packed;
    }

    /// <inheritdoc/>
    public void ChannelsLastConvTranspose2d(Tensor x, Tensor packed, Tensor? residual, Tensor y,
        Shape weight, in Conv2dGeometry geometry, Limits limits)
    {
        var d = y.Shape;
        var shape = new Conv2dShape(
            d[0], d[3], d[1], d[2], weight[0], weight[2], weight[3],
            geometry.Stride.Height, geometry.Stride.Width,
            geometry.Padding.Height, geometry.Padding.Width,
            geometry.Dilation.Height, geometry.Dilation.Width, geometry.Groups);
        NhwcConvTranspose.Forward(in shape, (float*)x.Pointer, (float*)packed.Pointer,
            (float*)y.Pointer, Epilogue(null, residual, limits));
        KeepAlive(x, packed, residual, y);
    }

    /// <inheritdoc/>
    public void ChannelsLastInvertedResidual(Tensor x, ReadOnlySpan<Tensor> packed,
        Tensor? residual, Tensor y, in Conv2dGeometry geometry, Limits? widen, Limits depthwise,
        Limits project)
    {
        var (d, wide) = (x.Shape, geometry.Groups);
        var shape = new Conv2dShape(
            d[0], wide, d[1], d[2], wide, 3, 3, geometry.Stride.Height, geometry.Stride.Width,
            geometry.Padding.Height, geometry.Padding.Width, 1, 1, wide);
        var operands = new NhwcInvertedOperands
        {
            Source = (float*)x.Pointer,
            Widen = widen is null ? null : (float*)packed[0].Pointer,
            Depthwise = (float*)packed[^2].Pointer,
            Project = (float*)packed[^1].Pointer,
            Target = (float*)y.Pointer,
            AfterWiden = Epilogue(null, null, widen ?? Limits.None),
            AfterDepthwise = Epilogue(null, null, depthwise),
            AfterProject = Epilogue(null, residual, project),
        };
        NhwcInvertedResidual.Forward(
            in shape, widen is null ? 0 : d[3], y.Shape[3], in operands);
        GC.KeepAlive(x);
        foreach (var weights in packed)
        {
            GC.KeepAlive(weights);
        }
        KeepAlive(residual, y);
    }

    /// <inheritdoc/>
    public void ChannelsLastMaxPool2d(Tensor x, Tensor y, in Pool2dGeometry geometry)
    {
        var shape = x.Shape;
        NhwcPool.Max((float*)x.Pointer, (float*)y.Pointer, shape[0], shape[3],
            Window(shape[1], shape[2], in geometry));
        KeepAlive(x, y);
    }

    /// <inheritdoc/>
    public void ChannelsLastAdaptiveAvgPool2d(Tensor x, Tensor y)
    {
        var shape = x.Shape;
        NhwcPool.AdaptiveAverage((float*)x.Pointer, (float*)y.Pointer,
            shape[0], shape[1], shape[2], shape[3], y.Shape[1], y.Shape[2]);
        KeepAlive(x, y);
    }
}
