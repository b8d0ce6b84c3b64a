using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void CheckIndices(Tensor index, long size, string op)
    {
        var indices = (long*)index.Pointer;
        var bad = GatherIndices.FirstBad(indices, index.Count, size);
        if (bad >= 0)
        {
            ThrowBadIndex(op, indices[bad], bad, size, 0);
        }
        GC.KeepAlive(index);
    }

    private static void ThrowBadIndex(string op, long index, long at, long size, long least) =>
        ThrowHelper.Range(nameof(index), $"{op}: index {index} (element {at} of the indices) "
            + $"leaves a dimension of {size} elements; expected {least} … {size - 1}");
}
