namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y (N, K, OH, OW) = x (N, C, H, W) convolved with w (K, C/groups, R, S), plus the bias (K)
    /// if there is one. All are contiguous and of one floating type.
    /// </summary>
    void Conv2d(Tensor x, Tensor w, Tensor? bias, Tensor y, in Conv2dGeometry geometry);

    /// <summary>
    /// y = x convolved with w plus bias (K) and residual (N, K, OH, OW), where they are given,
    /// within limits; float32.
    /// </summary>
    void FusedConv2d(Tensor x, Tensor w, Tensor? bias, Tensor? residual, Tensor y,
        in Conv2dGeometry geometry, Limits limits);

    /// <summary>
    /// The gradient gx (N, C, H, W) of gy (N, K, OH, OW) through w, plus the bias (C) of a
    /// transposed convolution if there is one.
    /// </summary>
    void Conv2dBackwardData(Tensor gy, Tensor w, Tensor? bias, Tensor gx,
        in Conv2dGeometry geometry);

    /// <summary>
    /// y (N, K, OH, OW) = x (N, C, H, W) through the transposed convolution with w
    /// (C, K/groups, R, S), plus bias (K) and residual (N, K, OH, OW), where they are given,
    /// within limits; float32.
    /// </summary>
    void FusedConvTranspose2d(Tensor x, Tensor w, Tensor? bias, Tensor? residual, Tensor y,
        in Conv2dGeometry geometry, Limits limits);

    /// <summary>The gradient gw (K, C/groups, R, S) of gy (N, K, OH, OW) through x.</summary>
    void Conv2dBackwardWeights(Tensor x, Tensor gy, Tensor gw, in Conv2dGeometry geometry);

    /// <summary>gb (K) = the sum of gy (N, K, OH, OW) over images and pixels.</summary>
    void Conv2dBackwardBias(Tensor gy, Tensor gb);
}
