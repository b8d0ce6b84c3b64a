namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// The weights (K, C/groups, R, S) and the bias (K), or null, in the form in which
    /// <see cref="ChannelsLastConv2d"/> reads them for an input (N, C, H, W); float32.
    /// </summary>
    Tensor PackConv2d(Tensor w, Tensor? bias, Shape input, in Conv2dGeometry geometry);

    /// <summary>
    /// y (N, OH, OW, K) = x (N, H, W, C), or (N, C, H, W) from channels first, convolved with
    /// packed weights of a shape, plus their bias and a residual of y's shape, within limits;
    /// float32.
    /// </summary>
    void ChannelsLastConv2d(Tensor x, Tensor packed, Tensor? residual, Tensor y, Shape weight,
        in Conv2dGeometry geometry, bool fromChannelsFirst, Limits limits);

    /// <summary>
    /// The weights (C, K/groups, R, S) and the bias (K), or null, of a transposed convolution in
    /// the form in which <see cref="ChannelsLastConvTranspose2d"/> reads them for an output
    /// (N, K, OH, OW); float32.
    /// </summary>
    Tensor PackConvTranspose2d(
        Tensor w, Tensor? bias, Shape output, in Conv2dGeometry geometry);

    /// <summary>
    /// y (N, OH, OW, K) = x (N, H, W, C) through a transposed convolution with packed weights of a
    /// shape, plus their bias and a residual of y's shape, within limits; float32.
    /// </summary>
    void ChannelsLastConvTranspose2d(Tensor x, Tensor packed, Tensor? residual, Tensor y,
        Shape weight, in Conv2dGeometry geometry, Limits limits);

    /// <summary>
    /// y (N, OH, OW, K) = an inverted residual of x (N, H, W, C): a 1 × 1 convolution that widens,
    /// if it has limits, a 3 × 3 one of each channel and a 1 × 1 one that narrows, with packed
    /// weights, plus a residual of y's shape; float32.
    /// </summary>
    void ChannelsLastInvertedResidual(Tensor x, ReadOnlySpan<Tensor> packed, Tensor? residual,
        Tensor y, in Conv2dGeometry geometry, Limits? widen, Limits depthwise, Limits project);

    /// <summary>y (N, OH, OW, C) = the maximum of x (N, H, W, C) in each window; float32.</summary>
    void ChannelsLastMaxPool2d(Tensor x, Tensor y, in Pool2dGeometry geometry);

    /// <summary>y (N, OH, OW, C) = averages of x (N, H, W, C) in as many windows; float32.
    /// </summary>
    void ChannelsLastAdaptiveAvgPool2d(Tensor x, Tensor y);
}
