namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>Demands that every index (int64, contiguous) lies in [0, size).</summary>
    /// <exception cref="ArgumentOutOfRangeException">One does not: the message names the op, the
    /// index and where it stands.</exception>
    void CheckIndices(Tensor index, long size, string op);
}
