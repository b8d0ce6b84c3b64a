using System.Runtime.CompilerServices;

namespace Nabla.Tensors;

/// <summary>
/// The memory that tensors live in. Blocks are rounded to size classes, kept when they come back,
/// and never handed back to the system: first touch of fresh pages costs forty times a reuse.
/// Storages come back through their finalizers; once <see cref="Budget"/> bytes were rented since
/// the last time and nothing fits, a collection of the youngest generation fetches what is dead.
/// The budget follows what stays alive, so that the dead do not outweigh it by much.
/// </summary>
internal static class MemoryPool
{
    /// <summary>The least bytes rented between forced collections. With fewer, what the runtime
    /// itself gathers in thousands of steps would be more than a tenth of a small loop's memory.
    /// </summary>
    internal const long LeastBudget = 160L << 20;

    /// <summary>The most: beyond it collections are rare enough to cost nothing.</summary>
    internal const long MostBudget = 256L << 20;

    /// <summary>The largest block: an array holds 2³¹ lines of 64 bytes.</summary>
    private const long MaxBytes = 96L << 30;

    private const int Steps = 4;
    private const int FirstBits = 6;
    private const int Classes = (40 - FirstBits) * Steps;

    private static readonly Lock Gate = new();
    private static readonly Stack<Block>[] Free = NewStacks();
    private static long _rentedSinceCollection;
    private static long _outstanding;
    private static long _returnedByCollection;
    private static long _reserved;
    private static int _youngCollections;
    private static long _budget = LeastBudget;

    /// <summary>Bytes rented until a collection is forced: as many as outlived the last one, within
    /// <see cref="LeastBudget"/> and <see cref="MostBudget"/>.</summary>
    public static long Budget => Volatile.Read(ref _budget);

    /// <summary>Bytes held by live storages.</summary>
    public static long Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Bytes held in all, live or waiting for reuse.</summary>
    public static long Reserved => Volatile.Read(ref _reserved);

    /// <summary>Takes a block of at least the given size; its contents are undefined.</summary>
    /// <exception cref="OutOfMemoryException">No block is that large.</exception>
    public static Block Rent(long bytes)
    {
        if (bytes > MaxBytes)
        {
            throw new OutOfMemoryException($"a tensor of {bytes >> 30} GiB was asked for; the "
                + $"largest block has {MaxBytes >> 30} GiB. Check the shape");
        }
        var index = ClassOf(bytes);
        lock (Gate)
        {
            if (TryTake(index) is { } block)
            {
                return block;
            }
            if (_rentedSinceCollection < Budget)
            {
                return Grow(index);
            }
        }
        Collect();
        lock (Gate)
        {
            return TryTake(index) ?? Grow(index);
        }
    }

    /// <summary>Gives a block back for reuse.</summary>
    public static void Return(Block block)
    {
        lock (Gate)
        {
            _outstanding -= block.Bytes;
            _returnedByCollection += block.Bytes;
            Free[ClassOf(block.Bytes)].Push(block);
        }
    }

    /// <summary>Forgets a block whose memory a caller's span now owns.</summary>
    public static void Abandon(Block block)
    {
        lock (Gate)
        {
            _outstanding -= block.Bytes;
            _reserved -= block.Bytes;
        }
    }

    /// <summary>Bytes of the block that a request of the given size gets.</summary>
    internal static long RoundUp(long bytes) => SizeOf(ClassOf(bytes));

    private static Block? TryTake(int index)
    {
        // A block up to twice the size will do: better a little waste than a fresh page.
        var last = Math.Min(index + Steps, Classes - 1);
        for (var i = index; i <= last; i++)
        {
            if (Free[i].TryPop(out var block))
            {
                _rentedSinceCollection += block.Bytes;
                _outstanding += block.Bytes;
                return block;
            }
        }
        return null;
    }

    private static Block Grow(int index)
    {
        var block = new Block(SizeOf(index));
        _rentedSinceCollection += block.Bytes;
        _outstanding += block.Bytes;
        _reserved += block.Bytes;
        return block;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        _returnedByCollection = 0;
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
        // What was alive during an earlier collection was promoted: look there when little came
        // back, and now and then anyway.
        if (++_youngCollections % 8 == 0 || _returnedByCollection < Budget / 4)
        {
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
        }
        if (_returnedByCollection < Budget / 4)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
        }
        _rentedSinceCollection = 0;
        _budget = Math.Clamp(Outstanding, LeastBudget, MostBudget);
    }

    private static int ClassOf(long bytes)
    {
        if (bytes <= 1L << FirstBits)
        {
            return 0;
        }
        var bits = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(bytes - 1));
        var step = (bytes - 1 - (1L << bits)) / Math.Max(1, (1L << bits) / Steps);
        return ((bits - FirstBits) * Steps) + (int)step + 1;
    }

    private static long SizeOf(int index)
    {
        if (index == 0)
        {
            return 1L << FirstBits;
        }
        var bits = ((index - 1) / Steps) + FirstBits;
        var step = ((index - 1) % Steps) + 1;
        return (1L << bits) + ((1L << bits) / Steps * step);
    }

    private static Stack<Block>[] NewStacks()
    {
        var stacks = new Stack<Block>[Classes + 1];
        for (var i = 0; i < stacks.Length; i++)
        {
            stacks[i] = new Stack<Block>();
        }
        return stacks;
    }
}
