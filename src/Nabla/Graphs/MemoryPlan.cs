using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Where a plan's values lie: those that are alive at the same time side by side, others in the
/// same place. The largest are placed first, each as low as it fits.
/// Source: Pisarchyk and Lee: Efficient Memory Management for Deep Neural Net Inference, 2020
/// (greedy by size).
/// </summary>
internal sealed class MemoryPlan
{
    /// <summary>Lines of the cache are not shared.</summary>
    private const long Alignment = 64;

    private readonly Dictionary<Storage, Buffer> _buffers = [];
    private readonly Arena _results = new();
    private Storage? _memory;

    /// <summary>Bytes of the values that go with a run.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes of the results, which only the next run of the same plan overwrites.
    /// </summary>
    public long ResultBytes { get; private set; }

    /// <summary>A value's buffer, to be placed later.</summary>
    /// <param name="shape">The value's shape.</param>
    /// <param name="dtype">Its type.</param>
    /// <param name="first">The step that writes it.</param>
    /// <param name="last">The last one that reads it.</param>
    /// <param name="isResult">Whether somebody looks at it between runs.</param>
    /// <param name="distance">Of a matrix's rows, if not their length.</param>
    public Tensor Rent(Shape shape, DType dtype, int first, int last, bool isResult = false,
        long? distance = null)
    {
        var layout = Layout.Contiguous(shape);
        var count = shape.Count;
        if (distance is { } apart)
        {
            layout = layout with { Strides = [apart, 1] };
            count = shape[0] * apart;
        }
        var bytes = Math.Max(1, count * dtype.Size);
        var storage = Storage.Symbolic(bytes, CpuDevice.Instance);
        _buffers.Add(storage, new Buffer(bytes, first)
        {
            Last = Math.Max(first, last),
            IsResult = isResult,
        });
        return new Tensor(storage, layout, dtype);
    }

    /// <summary>Whether a tensor lies in one of the buffers.</summary>
    public bool Owns(Tensor tensor) => _buffers.ContainsKey(tensor.Storage);

    /// <summary>From now on the buffer holds another value, which lives longer.</summary>
    public void Pass(Tensor tensor, int last, bool isResult)
    {
        var buffer = _buffers[tensor.Storage];
        buffer.Last = Math.Max(buffer.Last, last);
        buffer.IsResult |= isResult;
    }

    /// <summary>Decides where everything lies.</summary>
    public void Place()
    {
        var placed = new List<Buffer>();
        foreach (var buffer in _buffers.Values.OrderByDescending(b => b.Bytes))
        {
            if (buffer.IsResult)
            {
                buffer.Offset = ResultBytes;
                ResultBytes += Aligned(buffer.Bytes);
            }
            else
            {
                Place(buffer, placed);
                Bytes = Math.Max(Bytes, buffer.End);
            }
        }
        _results.Reserve(ResultBytes);
        foreach (var (storage, buffer) in _buffers)
        {
            if (buffer.IsResult)
            {
                storage.LieIn(_results.Memory!, buffer.Offset);
            }
        }
    }

    /// <summary>Gives the values memory of an arena, which grows if need be.</summary>
    public void LieIn(Arena arena)
    {
        arena.Reserve(Bytes);
        if (_memory == arena.Memory)
        {
            return;
        }
        _memory = arena.Memory;
        foreach (var (storage, buffer) in _buffers)
        {
            if (!buffer.IsResult)
            {
                storage.LieIn(_memory!, buffer.Offset);
            }
        }
    }

    /// <summary>A tensor's place, to print.</summary>
    public string Describe(Tensor tensor)
    {
        if (!_buffers.TryGetValue(tensor.Storage, out var buffer))
        {
            return tensor.IsWeak ? $"{tensor.WeakValue}" : "outside";
        }
        return $"{(buffer.IsResult ? "result " : "")}{buffer.Offset}+{buffer.Bytes}";
    }

    /// <summary>As low as the buffer fits between those that live at the same time, which lie in
    /// the order of their places.</summary>
    private static void Place(Buffer buffer, List<Buffer> placed)
    {
        var end = 0L;
        foreach (var other in placed)
        {
            if (other.First > buffer.Last || other.Last < buffer.First)
            {
                continue;
            }
            if (other.Offset - end >= buffer.Bytes)
            {
                break;
            }
            end = Math.Max(end, other.End);
        }
        buffer.Offset = end;
        var at = placed.BinarySearch(buffer, Comparer<Buffer>.Create(
            (a, b) => a.Offset.CompareTo(b.Offset)));
        placed.Insert(at < 0 ? ~at : at, buffer);
    }

    private static long Aligned(long bytes) => (bytes + Alignment - 1) & -Alignment;

    private sealed class Buffer(long bytes, int first)
    {
        public long Bytes { get; } = bytes;

        public int First { get; } = first;

        public int Last { get; set; }

        public bool IsResult { get; set; }

        public long Offset { get; set; }

        public long End => Offset + Aligned(Bytes);
    }
}
