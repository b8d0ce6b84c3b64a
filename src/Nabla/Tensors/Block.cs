using System.Runtime.InteropServices;

namespace Nabla.Tensors;

/// <summary>
/// A piece of pinned, 64-byte aligned memory. It lies on the pinned object heap, so a span over it
/// keeps it alive by itself and needs no owner.
/// </summary>
internal sealed unsafe class Block
{
    private readonly Line[] _lines;
    private readonly int _start;

    public Block(long bytes)
    {
        Bytes = bytes;
        // An array of 64-byte lines may pass 2 GiB; one more line leaves room to align.
        _lines = GC.AllocateUninitializedArray<Line>(
            checked((int)((bytes + 63) / 64 + 1)), pinned: true);
        var start = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(_lines, 0);
        _start = (int)(-start & 63);
        Pointer = (void*)(start + _start);
    }

    public long Bytes { get; }

    public void* Pointer { get; }

    /// <summary>A span that keeps the memory alive, wherever its storage goes.</summary>
    /// <exception cref="OverflowException">A span holds at most 2³¹ − 1 bytes' worth.</exception>
    public Span<T> Span<T>(long offset, int length) where T : unmanaged
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_lines);
        ref var at = ref System.Runtime.CompilerServices.Unsafe.AddByteOffset(
            ref System.Runtime.CompilerServices.Unsafe.As<Line, byte>(ref first),
            (nint)(_start + offset));
        return MemoryMarshal.CreateSpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref at), length);
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Line;
}
