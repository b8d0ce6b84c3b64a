namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y (…, OH, OW) = averages of x (…, H, W): row r is the mean of rows ⌊r·H/OH⌋ …
    /// ⌈(r + 1)·H/OH⌉ − 1, columns likewise.
    /// </summary>
    void AdaptiveAvgPool2d(Tensor x, Tensor y);

    /// <summary>gx (…, H, W) = each gy over its window's size, added at its cells.</summary>
    void AdaptiveAvgPool2dBackward(Tensor gy, Tensor gx);
}
