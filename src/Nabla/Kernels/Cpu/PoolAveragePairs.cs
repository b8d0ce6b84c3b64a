using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Average pooling of float32 planes in windows of two columns that lie side by side and touch no
/// padding: a row of windows is a few shuffles of whole registers.
/// </summary>
internal static unsafe class PoolAveragePairs
{
    /// <summary>Whether the windows are such, and enough of them for a register.</summary>
    public static bool Suits(in PoolWindow w)
    {
        var (outHeight, outWidth) = (w.OutHeight, w.OutWidth);
        return w is { KernelWidth: 2, StrideWidth: 2, PadWidth: 0, PadHeight: 0 }
            && w.StrideHeight >= w.KernelHeight
            && 2 * outWidth <= w.Width
            && ((outHeight - 1) * w.StrideHeight) + w.KernelHeight <= w.Height
            && outHeight > 0
            && outWidth >= (Avx512F.IsSupported ? 1 : PairLanes4.Count);
    }

    /// <summary>Averages one plane.</summary>
    public static void Forward(float* x, float* y, in PoolWindow w, int divisor)
    {
        if (Avx512F.IsSupported)
        {
            Forward<PairLanes16>(x, y, in w, divisor);
        }
        else if (w.OutWidth >= PairLanes8.Count)
        {
            Forward<PairLanes8>(x, y, in w, divisor);
        }
        else
        {
            Forward<PairLanes4>(x, y, in w, divisor);
        }
    }

    /// <summary>Writes the gradient of one plane.</summary>
    public static void Backward(float* gx, float* gy, in PoolWindow w, int divisor)
    {
        if (Avx512F.IsSupported)
        {
            Backward<PairLanes16>(gx, gy, in w, divisor);
        }
        else if (w.OutWidth >= PairLanes8.Count)
        {
            Backward<PairLanes8>(gx, gy, in w, divisor);
        }
        else
        {
            Backward<PairLanes4>(gx, gy, in w, divisor);
        }
    }

    /// <summary>Averages with registers that a row of windows fills, or that have masks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Forward<V>(float* x, float* y, in PoolWindow w, int divisor)
        where V : unmanaged, IPairLanes<V>
    {
        var (outHeight, outWidth, width) = (w.OutHeight, w.OutWidth, (nint)w.Width);
        var (rows, step) = (w.KernelHeight, w.StrideHeight * width);
        var divides = !BitOperations.IsPow2(divisor);
        var by = V.Const(divides ? divisor : 1f / divisor);
        for (var row = 0; row < outHeight; row++, x += step, y += outWidth)
        {
            for (var column = 0; column < outWidth; column += V.Count)
            {
                // Without masks the last ones overlap their neighbours: the same numbers twice.
                column = V.HasMasks ? column : Math.Min(column, outWidth - V.Count);
                var count = Math.Min(V.Count, outWidth - column);
                var from = x + (2 * column);
                var sum = V.Const(0);
                for (var r = 0; r < rows; r++, from += width)
                {
                    sum = V.AddPairs(sum, from, count);
                }

                V.Store(divides ? sum / by : sum * by, y + column, count);
            }
        }
    }

    /// <summary>The gradient with registers that a row of windows fills, or that have masks.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Backward<V>(float* gx, float* gy, in PoolWindow w, int divisor)
        where V : unmanaged, IPairLanes<V>
    {
        var (outHeight, outWidth, width) = (w.OutHeight, w.OutWidth, (nint)w.Width);
        var (rows, step) = (w.KernelHeight, w.StrideHeight * width);
        var divides = !BitOperations.IsPow2(divisor);
        var by = V.Const(divides ? divisor : 1f / divisor);
        if (2 * outWidth < width || outHeight * rows < w.Height)
        {
            new Span<float>(gx, w.Height * w.Width).Clear();
        }

        for (var row = 0; row < outHeight; row++, gx += step, gy += outWidth)
        {
            for (var column = 0; column < outWidth; column += V.Count)
            {
                column = V.HasMasks ? column : Math.Min(column, outWidth - V.Count);
                var count = Math.Min(V.Count, outWidth - column);
                var share = V.Load(gy + column, count);
                share = divides ? share / by : share * by;
                var to = gx + (2 * column);
                for (var r = 0; r < rows; r++, to += width)
                {
                    V.StoreTwice(share, to, count);
                }
            }
        }
    }
}
