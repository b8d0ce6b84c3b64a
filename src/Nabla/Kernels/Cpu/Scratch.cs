using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Memory a kernel needs for a moment, 64-byte aligned and not cleared. Each thread keeps what it
/// rented, one buffer a nesting depth, so a warm rent allocates nothing.
/// </summary>
public static unsafe class Scratch
{
    [ThreadStatic]
    private static ScratchStack? t_stack;

    /// <summary>
    /// Marks what follows each lease and looks, when it goes back, whether a kernel wrote there.
    /// Set it before the first lease; the tests do.
    /// </summary>
    internal static bool IsGuarded { get; set; }

    /// <summary>
    /// Rents at least <paramref name="bytes"/> bytes until the lease is disposed. Leases nest: the
    /// last one rented is the first to go back. Other threads may use the memory meanwhile.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public static ScratchLease Rent(nint bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var stack = t_stack ??= new ScratchStack();
        return new ScratchLease(stack, stack.Push(bytes));
    }

    /// <summary>Rents room for <paramref name="count"/> numbers.</summary>
    public static ScratchLease Rent<T>(nint count) where T : unmanaged =>
        Rent(checked(count * sizeof(T)));
}

/// <summary>Rented memory; goes back at the end of its <c>using</c>.</summary>
public readonly unsafe ref struct ScratchLease
{
    private readonly ScratchStack _stack;

    internal ScratchLease(ScratchStack stack, void* pointer)
    {
        _stack = stack;
        Pointer = pointer;
    }

    /// <summary>The first byte, on a cache line's start.</summary>
    public void* Pointer { get; }

    /// <summary>Gives the memory back to the thread's store.</summary>
    /// <exception cref="InvalidOperationException">A lease rented later is still out.</exception>
    public void Dispose() => _stack.Pop(Pointer);
}

/// <summary>One thread's buffers, freed when the thread is gone.</summary>
internal sealed unsafe class ScratchStack
{
    private const nint Alignment = 64;
    private const nint Page = 4096;
    private const nint Guard = 4096;
    private const byte Mark = 0xA5;

    private Buffer[] _buffers = new Buffer[4];
    private int _depth;

    ~ScratchStack()
    {
        foreach (var buffer in _buffers)
        {
            NativeMemory.AlignedFree(buffer.Pointer);
        }
    }

    public void* Push(nint bytes)
    {
        if (_depth == _buffers.Length)
        {
            Array.Resize(ref _buffers, 2 * _depth);
        }

        ref var buffer = ref _buffers[_depth];
        if (buffer.Bytes < bytes || buffer.Pointer == null)
        {
            var size = checked(Math.Max(bytes, Page) + Page - 1) & -Page;
            NativeMemory.AlignedFree(buffer.Pointer);
            buffer = default;
            buffer.Pointer = NativeMemory.AlignedAlloc(
                (nuint)(size + (Scratch.IsGuarded ? Guard : 0)), (nuint)Alignment);
            buffer.Bytes = size;
        }

        if (Scratch.IsGuarded)
        {
            buffer.Rented = bytes;
            buffer.Behind.Fill(Mark);
        }

        _depth++;
        return buffer.Pointer;
    }

    public void Pop(void* pointer)
    {
        if (_depth == 0 || _buffers[_depth - 1].Pointer != pointer)
        {
            throw new InvalidOperationException(
                "Scratch leases must be disposed once each, the last one rented first.");
        }

        _depth--;
        ref var buffer = ref _buffers[_depth];
        if (Scratch.IsGuarded && buffer.Behind.ContainsAnyExcept(Mark))
        {
            throw new InvalidOperationException(
                $"A kernel rented {buffer.Rented} bytes and wrote past their end; rent as much "
                + "as it writes.");
        }
    }

    private struct Buffer
    {
        public void* Pointer;
        public nint Bytes;
        public nint Rented;

        /// <summary>What follows the rented bytes, in a guarded buffer.</summary>
        public readonly Span<byte> Behind => new((byte*)Pointer + Rented, (int)Guard);
    }
}
