using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// A plan's own buffers: while it is built, one that is free serves the best fit. Of several, it is
/// the one freed last: the caches may still hold it.
/// </summary>
internal sealed class BufferPool
{
    private readonly List<Storage> _free = [];
    private readonly HashSet<Storage> _owned = [];
    private readonly Dictionary<Storage, GraphValue> _passed = [];

    /// <summary>Bytes of all buffers.</summary>
    public long Bytes { get; private set; }

    public Tensor Rent(Shape shape, DType dtype)
    {
        var bytes = Math.Max(1, shape.Count * dtype.Size);
        Storage? best = null;
        foreach (var candidate in _free)
        {
            if (candidate.Bytes >= bytes && candidate.Bytes <= 4 * bytes
                && (best is null || candidate.Bytes <= best.Bytes))
            {
                best = candidate;
            }
        }
        if (best is null)
        {
            best = Storage.Allocate(bytes, CpuDevice.Instance);
            _owned.Add(best);
            Bytes += bytes;
        }
        else
        {
            _free.Remove(best);
        }
        _passed.Remove(best);
        return new Tensor(best, Layout.Contiguous(shape), dtype);
    }

    public bool Owns(Tensor tensor) => _owned.Contains(tensor.Storage);

    /// <summary>From now on the buffer holds another value.</summary>
    public void Pass(Tensor tensor, GraphValue to) => _passed[tensor.Storage] = to;

    /// <summary>Whether the buffer still holds the value (it may have been passed on).</summary>
    public bool IsHeldBy(Tensor tensor, GraphValue value) => Owns(tensor)
        && (!_passed.TryGetValue(tensor.Storage, out var holder) || holder == value);

    public void Return(Tensor tensor)
    {
        if (!_free.Contains(tensor.Storage))
        {
            _free.Add(tensor.Storage);
        }
    }
}
