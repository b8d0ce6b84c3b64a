namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y (…, OH, OW) = the sum of x (…, H, W) in each window over its divisor: the one given if it
    /// is above 0, else the window's cells, padding among them if <paramref name="countPadding"/>.
    /// </summary>
    void AvgPool2d(
        Tensor x, Tensor y, in Pool2dGeometry geometry, bool countPadding, int divisor);

    /// <summary>gx (…, H, W) = each gy over its window's divisor, added at its cells.</summary>
    void AvgPool2dBackward(
        Tensor gy, Tensor gx, in Pool2dGeometry geometry, bool countPadding, int divisor);
}
