using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Asks for memory before it is needed, in the order in which it lies: a walk across rows
/// that are far apart would wait for each of their lines.</summary>
internal static unsafe class ConvFetch
{
    private const int Line = 16;

    /// <summary>Fetches rows into the second-level cache.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="step">From one row to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="count">Numbers of a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(float* from, nint step, int rows, nint count)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (var i = 0; i < rows; i++, from += step)
        {
            for (nint j = 0; j < count; j += Line)
            {
                Sse.Prefetch1(from + j);
            }
        }
    }
}
