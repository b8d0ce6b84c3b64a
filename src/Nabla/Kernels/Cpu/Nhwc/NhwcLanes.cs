using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>A pixel's channels by registers, the last of which may be partly filled.</summary>
internal static unsafe class NhwcLanes
{
    /// <summary>Loads <paramref name="count"/> numbers, or a register full where there are more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* from, nint count) where V : unmanaged, IF32Lanes<V> =>
        count >= V.Count ? V.Load(from) : V.LoadPart(from, count);

    /// <summary>Stores as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, float* to, nint count) where V : unmanaged, IF32Lanes<V>
    {
        if (count >= V.Count)
        {
            V.Store(value, to);
        }
        else
        {
            V.StorePart(value, to, count);
        }
    }
}
