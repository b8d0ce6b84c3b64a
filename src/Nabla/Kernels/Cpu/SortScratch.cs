using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A thread's memory for the entries of the row it sorts: grown, kept, never shared.
/// </summary>
internal sealed unsafe class SortScratch
{
    [ThreadStatic]
    private static SortScratch? t_own;

    private void* _memory;
    private nuint _bytes;

    private SortScratch()
    {
    }

    /// <summary>Frees the memory once its thread is gone.</summary>
    ~SortScratch() => NativeMemory.Free(_memory);

    /// <summary>
    /// Room for so many values, uninitialised, good until this thread's next call.
    /// </summary>
    public static T* Rent<T>(long count) where T : unmanaged
    {
        var own = t_own ??= new SortScratch();
        var bytes = (nuint)count * (nuint)sizeof(T);
        if (bytes > own._bytes)
        {
            NativeMemory.Free(own._memory);
            own._memory = null;
            own._bytes = 0;
            own._memory = NativeMemory.Alloc(bytes);
            own._bytes = bytes;
        }

        return (T*)own._memory;
    }
}
