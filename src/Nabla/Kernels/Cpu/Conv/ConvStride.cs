using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>Takes a row apart by a stride, and puts it together; with SIMD for a stride of 2.
/// </summary>
internal static unsafe class ConvStride
{
    /// <summary>target[j] = source[j·step].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pick(float* source, int step, float* target, int count)
    {
        var j = 0;
        if (step == 2)
        {
            // The last pair's second number may lie outside.
            for (; j + Vector256<float>.Count < count; j += Vector256<float>.Count)
            {
                var from = (ulong*)(source + (2 * j));
                Vector256.Narrow(
                    Vector256.Load(from), Vector256.Load(from + Vector256<ulong>.Count))
                    .AsSingle().Store(target + j);
            }
        }

        for (; j < count; j++)
        {
            target[j] = source[j * (nint)step];
        }
    }

    /// <summary>even[j] = source[2j] and odd[j] = source[2j + 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unzip(float* source, float* even, float* odd, int count)
    {
        var j = 0;
        for (; j + (2 * Vector256<float>.Count) <= count; j += 2 * Vector256<float>.Count)
        {
            var low = Vector256.Load((ulong*)(source + j));
            var high = Vector256.Load((ulong*)(source + j) + Vector256<ulong>.Count);
            Vector256.Narrow(low, high).AsSingle().Store(even + (j / 2));
            Vector256.Narrow(low >>> 32, high >>> 32).AsSingle().Store(odd + (j / 2));
        }

        for (; j < count; j++)
        {
            (j % 2 == 0 ? even : odd)[j / 2] = source[j];
        }
    }

    /// <summary>target[2j] = even[j] and target[2j + 1] = odd[j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Zip(float* even, float* odd, float* target, int count)
    {
        var j = 0;
        for (; j + (2 * Vector256<float>.Count) <= count; j += 2 * Vector256<float>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Load((uint*)(even + (j / 2))));
            var (lowOdd, highOdd) = Vector256.Widen(Vector256.Load((uint*)(odd + (j / 2))));
            (low | (lowOdd << 32)).Store((ulong*)(target + j));
            (high | (highOdd << 32)).Store((ulong*)(target + j) + Vector256<ulong>.Count);
        }

        for (; j < count; j++)
        {
            target[j] = (j % 2 == 0 ? even : odd)[j / 2];
        }
    }
}
