using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The loops of a depthwise convolution: runs of pixels of one padded plane, where each tap reads
/// at an offset of its own.
/// </summary>
internal static unsafe class DepthwiseTaps
{
    /// <summary>Taps whose weights, or sums, stay in registers: those of 3 × 3.</summary>
    public const int Nine = 9;

    /// <summary>Registers that are summed at a time, so that one waits for no other.</summary>
    private const int Group = 4;

    /// <summary>target[i, p] = bias + Σ weights[t]·source[i, p + offsets[t]] for rows of at least
    /// a register of pixels, or of whole registers.</summary>
    public static void Add<V>(
        float* source, nint sourceRow, nint* offsets, float* weights, int taps, float bias,
        float* target, nint targetRow, int rows, int pixels)
        where V : unmanaged, IConvVector<V>
    {
        if (taps == Nine)
        {
            AddNine<V>(
                source, sourceRow, offsets, weights, bias, target, targetRow, rows, pixels);
            return;
        }

        var first = 0;
        for (; first + Group <= rows; first += Group)
        {
            AddRows<V>(
                source + (first * sourceRow), sourceRow, offsets, weights, taps, bias,
                target + (first * targetRow), targetRow, pixels);
        }

        for (; first < rows; first++)
        {
            AddRow<V>(
                source + (first * sourceRow), offsets, weights, taps, bias,
                target + (first * targetRow), pixels);
        }
    }

    /// <summary>sums[t] += gradient[p]·source[p + offsets[t]] lane by lane, for nine taps and so
    /// many registers of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<V>(
        float* source, nint* offsets, float* gradient, float* sums, int vectors)
        where V : unmanaged, IConvVector<V>
    {
        var x0 = source + offsets[0];
        var x1 = source + offsets[1];
        var x2 = source + offsets[2];
        var x3 = source + offsets[3];
        var x4 = source + offsets[4];
        var x5 = source + offsets[5];
        var x6 = source + offsets[6];
        var x7 = source + offsets[7];
        var x8 = source + offsets[8];
        var s0 = V.Load(sums);
        var s1 = V.Load(sums + V.Count);
        var s2 = V.Load(sums + (2 * V.Count));
        var s3 = V.Load(sums + (3 * V.Count));
        var s4 = V.Load(sums + (4 * V.Count));
        var s5 = V.Load(sums + (5 * V.Count));
        var s6 = V.Load(sums + (6 * V.Count));
        var s7 = V.Load(sums + (7 * V.Count));
        var s8 = V.Load(sums + (8 * V.Count));
        var end = vectors * (nint)V.Count;
        for (nint p = 0; p < end; p += V.Count)
        {
            var g = V.Load(gradient + p);
            s0 = V.Fma(V.Load(x0 + p), g, s0);
            s1 = V.Fma(V.Load(x1 + p), g, s1);
            s2 = V.Fma(V.Load(x2 + p), g, s2);
            s3 = V.Fma(V.Load(x3 + p), g, s3);
            s4 = V.Fma(V.Load(x4 + p), g, s4);
            s5 = V.Fma(V.Load(x5 + p), g, s5);
            s6 = V.Fma(V.Load(x6 + p), g, s6);
            s7 = V.Fma(V.Load(x7 + p), g, s7);
            s8 = V.Fma(V.Load(x8 + p), g, s8);
        }

        V.Store(s0, sums);
        V.Store(s1, sums + V.Count);
        V.Store(s2, sums + (2 * V.Count));
        V.Store(s3, sums + (3 * V.Count));
        V.Store(s4, sums + (4 * V.Count));
        V.Store(s5, sums + (5 * V.Count));
        V.Store(s6, sums + (6 * V.Count));
        V.Store(s7, sums + (7 * V.Count));
        V.Store(s8, sums + (8 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddNine<V>(
        float* source, nint sourceRow, nint* offsets, float* weights, float bias, float* target,
        nint targetRow, int rows, int pixels)
        where V : unmanaged, IConvVector<V>
    {
        var x0 = source + offsets[0];
        var x1 = source + offsets[1];
        var x2 = source + offsets[2];
        var x3 = source + offsets[3];
        var x4 = source + offsets[4];
        var x5 = source + offsets[5];
        var x6 = source + offsets[6];
        var x7 = source + offsets[7];
        var x8 = source + offsets[8];
        var w0 = V.Broadcast(weights[0]);
        var w1 = V.Broadcast(weights[1]);
        var w2 = V.Broadcast(weights[2]);
        var w3 = V.Broadcast(weights[3]);
        var w4 = V.Broadcast(weights[4]);
        var w5 = V.Broadcast(weights[5]);
        var w6 = V.Broadcast(weights[6]);
        var w7 = V.Broadcast(weights[7]);
        var w8 = V.Broadcast(weights[8]);
        var first = V.Broadcast(bias);
        nint at = 0;
        for (var i = 0; i < rows; i++, at += sourceRow, target += targetRow)
        {
            // The last register of a row begins where it ends with the row.
            for (nint p = 0, left = pixels; left > 0; p += V.Count, left -= V.Count)
            {
                p += Math.Min(0, left - V.Count);
                var x = at + p;
                var sum = V.Fma(V.Load(x0 + x), w0, first);
                sum = V.Fma(V.Load(x1 + x), w1, sum);
                sum = V.Fma(V.Load(x2 + x), w2, sum);
                sum = V.Fma(V.Load(x3 + x), w3, sum);
                sum = V.Fma(V.Load(x4 + x), w4, sum);
                sum = V.Fma(V.Load(x5 + x), w5, sum);
                sum = V.Fma(V.Load(x6 + x), w6, sum);
                sum = V.Fma(V.Load(x7 + x), w7, sum);
                sum = V.Fma(V.Load(x8 + x), w8, sum);
                V.Store(sum, target + p);
            }
        }
    }

    /// <summary>Any taps, for a register's columns of four rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<V>(
        float* source, nint sourceRow, nint* offsets, float* weights, int taps, float bias,
        float* target, nint targetRow, int pixels)
        where V : unmanaged, IConvVector<V>
    {
        var first = V.Broadcast(bias);
        for (nint p = 0, left = pixels; left > 0; p += V.Count, left -= V.Count)
        {
            p += Math.Min(0, left - V.Count);
            var (s0, s1, s2, s3) = (first, first, first, first);
            for (var t = 0; t < taps; t++)
            {
                var x = source + offsets[t] + p;
                var w = V.Broadcast(weights[t]);
                s0 = V.Fma(V.Load(x), w, s0);
                s1 = V.Fma(V.Load(x + sourceRow), w, s1);
                s2 = V.Fma(V.Load(x + (2 * sourceRow)), w, s2);
                s3 = V.Fma(V.Load(x + (3 * sourceRow)), w, s3);
            }

            V.Store(s0, target + p);
            V.Store(s1, target + targetRow + p);
            V.Store(s2, target + (2 * targetRow) + p);
            V.Store(s3, target + (3 * targetRow) + p);
        }
    }

    /// <summary>Any taps, for four registers of a row at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow<V>(
        float* source, nint* offsets, float* weights, int taps, float bias, float* target,
        int pixels)
        where V : unmanaged, IConvVector<V>
    {
        nint p = 0;
        if (pixels >= Group * V.Count)
        {
            var width = Group * V.Count;
            for (nint left = pixels; left > 0; p += width, left -= width)
            {
                p += Math.Min(0, left - width);
                AddRows<V>(
                    source + p, V.Count, offsets, weights, taps, bias, target + p, V.Count,
                    V.Count);
            }

            return;
        }

        var first = V.Broadcast(bias);
        for (nint left = pixels; left > 0; p += V.Count, left -= V.Count)
        {
            p += Math.Min(0, left - V.Count);
            var sum = first;
            for (var t = 0; t < taps; t++)
            {
                sum = V.Fma(V.Load(source + offsets[t] + p), V.Broadcast(weights[t]), sum);
            }

            V.Store(sum, target + p);
        }
    }
}
