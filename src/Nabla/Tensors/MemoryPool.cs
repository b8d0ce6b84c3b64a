using System.Runtime.CompilerServices;

namespace Nabla.Tensors;

/// <summary>
/// The memory that tensors live in. Blocks are rounded to size classes, kept when they come back,
/// and not handed back to the system (<see cref="Trim"/> apart): first touch of fresh pages costs
/// forty times a reuse.
/// Storages come back when their owner knows that nobody looks, or else through their finalizers:
/// once <see cref="Budget"/> bytes more are out than outlived the last collection and nothing fits,
/// a collection of the young generations fetches what is dead. The budget follows what stays
/// alive, so that the dead do not outweigh it by much.
/// </summary>
internal static class MemoryPool
{
    /// <summary>The least budget: with less, collections would cost loops over a few small tensors
    /// more than a twentieth of their time.</summary>
    internal const long LeastBudget = 32L << 20;

    /// <summary>The most: beyond it collections are rare enough to cost nothing.</summary>
    internal const long MostBudget = 256L << 20;

    /// <summary>
    /// Blocks rented until a collection is forced whatever their size. Each leaves some 500 bytes
    /// of handles and tape on the managed heap, whose young generation would grow to the size of
    /// the cache before the runtime collected it.
    /// </summary>
    internal const int MostRents = 3072;

    /// <summary>The largest block: an array holds 2³¹ lines of 64 bytes.</summary>
    private const long MaxBytes = 96L << 30;

    /// <summary>Small blocks are made so many bytes at a time.</summary>
    private const long SlabBytes = 4096;

    private const int Steps = 4;
    private const int FirstBits = 6;
    private const int Classes = (40 - FirstBits) * Steps;

    private static readonly Lock Gate = new();
    private static readonly Stack<Block>[] Free = NewStacks();
    private static int _rents;
    private static long _outstanding;
    private static long _outlived;
    private static long _outlivedAll;
    private static long _reserved;
    private static long _budget = LeastBudget;

    /// <summary>Bytes rented and not returned until a collection is forced: as many as outlived the
    /// last one, within <see cref="LeastBudget"/> and <see cref="MostBudget"/>.</summary>
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
            if (++_rents >= MostRents)
            {
                // Threads that come meanwhile need not collect as well.
                _rents = 0;
            }
            else if (TryTake(index) is { } block)
            {
                return block;
            }
            else if (_outstanding - _outlived < Budget)
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

    /// <summary>Gives the system back what nobody uses, after a full collection. For who has let go
    /// of much that nobody will need again.</summary>
    public static void Trim()
    {
        Collect(GC.MaxGeneration);
        lock (Gate)
        {
            foreach (var free in Free)
            {
                while (free.TryPop(out var block))
                {
                    _reserved -= block.Bytes;
                }
            }
            _rents = 0;
            _outlived = _outlivedAll = _outstanding;
        }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
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
                _outstanding += block.Bytes;
                return block;
            }
        }
        return null;
    }

    private static Block Grow(int index)
    {
        var bytes = SizeOf(index);
        _outstanding += bytes;
        if (bytes > SlabBytes / 16)
        {
            _reserved += bytes;
            return new Block(bytes);
        }
        // An array of its own would be larger than what it is for.
        var blocks = Block.Several((int)bytes, (int)(SlabBytes / bytes));
        _reserved += bytes * blocks.Length;
        foreach (var block in blocks.AsSpan(1))
        {
            Free[index].Push(block);
        }
        return blocks[0];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        // What was alive during the last collection is in generation 1, and most of it was part of
        // a step that is over.
        Collect(1);
        if (Outstanding - _outlivedAll > Budget * 3 / 4)
        {
            // What outlived two collections is looked at by full ones alone.
            Collect(2);
            _outlivedAll = Outstanding;
        }
        lock (Gate)
        {
            _rents = 0;
            _outlived = _outstanding;
            _budget = Math.Clamp(_outstanding, LeastBudget, MostBudget);
        }
    }

    private static void Collect(int generation)
    {
        // Compacting: else the few that stay alive keep the pages of all that died beside them.
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
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
