namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void LinearIndex(ReadOnlySpan<Tensor> x, Shape box, Tensor y)
    {
        new Span<long>(y.Pointer, checked((int)y.Count)).Clear();
        for (var i = 0; i < x.Length; i++)
        {
            var indices = (long*)x[i].Pointer;
            var size = box.Dims[i];
            var bad = Kernels.Cpu.LinearIndex.Add(indices, (long*)y.Pointer, y.Count, size);
            if (bad >= 0)
            {
                ThrowBadIndex("indexing", indices[bad], bad, size, -size);
            }
            GC.KeepAlive(x[i]);
        }
        GC.KeepAlive(y);
    }
}
