namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y (…, OH, OW) = the maximum of x (…, H, W) in each window and, if asked for, where in its
    /// plane it lies (row · W + column, int64). All are contiguous.
    /// </summary>
    void MaxPool2d(Tensor x, Tensor y, Tensor? index, in Pool2dGeometry geometry);

    /// <summary>gx (…, H, W) = each gy (…, OH, OW) added at its index, over zeros.</summary>
    void MaxPool2dBackward(Tensor gy, Tensor index, Tensor gx);
}
