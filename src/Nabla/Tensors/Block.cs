using System.Runtime.InteropServices;

namespace Nabla.Tensors;

/// <summary>
/// A piece of pinned, 64-byte aligned memory. It lies on the pinned object heap, so a span over it
/// keeps it alive by itself and needs no owner.
/// </summary>
internal sealed unsafe class Block
{
    private readonly Line[] _lines;
    private readonly nint _start;

    public Block(long bytes) : this(NewLines((bytes + 63) / 64), 0, bytes)
    {
    }

    private Block(Line[] lines, long offset, long bytes)
    {
        Bytes = bytes;
        _lines = lines;
        var start = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(lines, 0);
        _start = (-start & 63) + (nint)offset;
        Pointer = (void*)(start + _start);
    }

    public long Bytes { get; }

    public void* Pointer { get; }

    /// <summary>Small blocks in one array, which lives as long as any of them.</summary>
    public static Block[] Several(int bytes, int count)
    {
        var each = (bytes + 63) & ~63;
        var lines = NewLines((long)each / 64 * count);
        var blocks = new Block[count];
        for (var i = 0; i < count; i++)
        {
            blocks[i] = new Block(lines, i * each, bytes);
        }
        return blocks;
    }

    /// <summary>A piece of it, which keeps the memory alive.</summary>
    public Block Slice(long offset, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + bytes, Bytes);
        var start = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(_lines, 0);
        return new Block(_lines, _start - (-start & 63) + offset, bytes);
    }

    /// <summary>A span that keeps the memory alive, wherever its storage goes.</summary>
    /// <exception cref="OverflowException">A span holds at most 2³¹ − 1 bytes' worth.</exception>
    public Span<T> Span<T>(long offset, int length) where T : unmanaged
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_lines);
        ref var at = ref System.Runtime.CompilerServices.Unsafe.AddByteOffset(
            ref System.Runtime.CompilerServices.Unsafe.As<Line, byte>(ref first),
            _start + (nint)offset);
        return MemoryMarshal.CreateSpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref at), length);
    }

    /// <summary>An array of 64-byte lines may pass 2 GiB; one more line leaves room to align.
    /// </summary>
    private static Line[] NewLines(long count) =>
        GC.AllocateUninitializedArray<Line>(checked((int)(count + 1)), pinned: true);

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Line;
}
