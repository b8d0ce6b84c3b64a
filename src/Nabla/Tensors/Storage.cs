namespace Nabla.Tensors;

/// <summary>
/// The memory behind one or more tensors. It goes back to the pool when no tensor uses it, found
/// by its finalizer, or earlier when its owner knows that nobody can look (<see cref="Release"/>).
/// </summary>
internal sealed unsafe class Storage
{
    private const string Tape = "the backward pass, the last to need what one layer of a "
        + "Sequential gave the next";

    private static long s_nextId;

    private Block? _block;
    private bool _exposed;
    private int _holds;
    private bool _isHandedOver;
    private string? _releasedBy;
    private string? _discarded;

    /// <summary>The storage in whose memory this one lies.</summary>
    private Storage? _whole;

    private Storage(Block? block, long bytes, IDevice device)
    {
        _block = block;
        Bytes = bytes;
        Device = device;
        if (block is null)
        {
            GC.SuppressFinalize(this);
        }
    }

    ~Storage()
    {
        if (_block is { } block)
        {
            _block = null;
            if (_exposed)
            {
                MemoryPool.Abandon(block);
            }
            else
            {
                MemoryPool.Return(block);
            }
        }
    }

    public long Bytes { get; }

    /// <summary>Creation order.</summary>
    public long Id { get; } = Interlocked.Increment(ref s_nextId);

    /// <summary>The id that the next storage will have, at least.</summary>
    public static long NextId => Volatile.Read(ref s_nextId) + 1;

    public IDevice Device { get; }

    /// <summary>How often the contents were written in place.</summary>
    public int Version { get; set; }

    /// <summary>What a capture knows of this storage, while one runs.</summary>
    public object? Trace { get; set; }

    /// <summary>What a capture made this storage for.</summary>
    public object? Creator { get; set; }

    /// <summary>A storage without memory, which stands for a value while a step is
    /// captured.</summary>
    public bool IsSymbolic => _block is null && _releasedBy is null && !IsDiscarded;

    /// <summary>Whether it stands where a tensor's memory was discarded.</summary>
    public bool IsDiscarded => _discarded is not null;

    /// <summary>The memory.</summary>
    public void* Pointer
    {
        get
        {
            var block = _block;
            return block is not null ? block.Pointer : NoMemory();
        }
    }

    public static Storage Allocate(long bytes, IDevice device) =>
        new(MemoryPool.Rent(Math.Max(1, bytes)), bytes, device);

    public static Storage Symbolic(long bytes, IDevice device) => new(null, bytes, device);

    /// <summary>A storage without memory in the place of another one, for a handle that lets go of
    /// its elements.</summary>
    /// <param name="storage">What it stands for.</param>
    /// <param name="message">What who reads or writes it is told.</param>
    public static Storage Discarded(Storage storage, string message) =>
        new(null, storage.Bytes, storage.Device) { _discarded = message };

    /// <summary>Throws where memory was discarded: for who would find out late, or never.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was; the message says how.</exception>
    public void ThrowIfDiscarded()
    {
        if (IsDiscarded)
        {
            NoMemory();
        }
    }

    /// <summary>Gives a symbolic storage a piece of another one's memory, or another piece.
    /// </summary>
    public void LieIn(Storage whole, long offset)
    {
        _block = whole._block!.Slice(offset, Bytes);
        _whole = whole;
    }

    /// <summary>The contents; from now on the memory lives as long as the span.</summary>
    public Span<T> Expose<T>(long byteOffset, int length) where T : unmanaged
    {
        if (_block is not { } block)
        {
            NoMemory();
            return default;
        }
        _exposed = true;
        _whole?._exposed = true;
        return block.Span<T>(byteOffset, length);
    }

    /// <summary>Recycles the memory now. A tensor that still looks gets an exception, not
    /// garbage.</summary>
    public void Release(string by)
    {
        if (_block is { } block && !_exposed && _whole is null)
        {
            _releasedBy = by;
            _block = null;
            GC.SuppressFinalize(this);
            MemoryPool.Return(block);
        }
    }

    /// <summary>The tape saved a tensor with this memory, and needs it until
    /// <see cref="LetGo"/>.</summary>
    public void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>The tape needs a tensor that it saved no longer.</summary>
    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holds) == 0 && _isHandedOver)
        {
            Release(Tape);
        }
    }

    /// <summary>From now on nobody but the tape looks: the memory is recycled as soon as the tape
    /// has let go of it.</summary>
    public void HandOver()
    {
        _isHandedOver = true;
        if (Volatile.Read(ref _holds) == 0)
        {
            Release(Tape);
        }
    }

    /// <summary>Somebody else looks after all.</summary>
    public void TakeBack() => _isHandedOver = false;

    private void* NoMemory() => _discarded is not null
        ? throw new InvalidOperationException(_discarded)
        : _releasedBy is { } by
        ? throw new InvalidOperationException($"this tensor's memory was recycled by {by}; keep a "
            + "copy with Clone() before that")
        : throw new GraphBreakException($"{Creator ?? "this tensor"} has no value: it stands for "
            + "one while a step is captured. Reading it (Item, ToArray, a branch on data) breaks "
            + "the graph; return it from the step instead");
}
