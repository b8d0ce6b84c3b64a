using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Average pooling of planes that hold one image a lane, in windows that lie side by side.
/// </summary>
internal static unsafe class ConvPoolLanes
{
    /// <summary>Writes <paramref name="rows"/> rows of windows' sums over the divisor.</summary>
    /// <param name="x">The rows of a plane.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="rows">Rows of windows.</param>
    /// <param name="shape">The windows.</param>
    /// <param name="y">(rows, OutW) pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average<V>(
        float* x, int width, int rows, in ConvPoolShape shape, float* y)
        where V : unmanaged, IConvVector<V>
    {
        var (kernelH, kernelW, outW) = (shape.PoolH, shape.PoolW, shape.OutW);
        var (line, divides) = (width * (nint)V.Count, !BitOperations.IsPow2(shape.Divisor));
        var (divisor, factor) = (V.Broadcast(shape.Divisor), V.Broadcast(1f / shape.Divisor));
        for (var i = 0; i < rows; i++, x += kernelH * line)
        {
            var window = x;
            for (var j = 0; j < outW; j++, window += kernelW * V.Count, y += V.Count)
            {
                var sum = V.Broadcast(0);
                var from = window;
                for (var r = 0; r < kernelH; r++, from += line)
                {
                    for (var s = 0; s < kernelW; s++)
                    {
                        sum += V.Load(from + (s * V.Count));
                    }
                }

                V.Store(divides ? sum / divisor : sum * factor, y);
            }
        }
    }

    /// <summary>
    /// The gradient of a row of windows for any of their rows: each window's gradient over the
    /// divisor, at all its columns. What is in no window is left as it is.
    /// </summary>
    /// <param name="gy">OutW pixels.</param>
    /// <param name="shape">The windows.</param>
    /// <param name="gx">OutW · PoolW pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread<V>(float* gy, in ConvPoolShape shape, float* gx)
        where V : unmanaged, IConvVector<V>
    {
        var (kernelW, outW) = (shape.PoolW, shape.OutW);
        var divides = !BitOperations.IsPow2(shape.Divisor);
        var (divisor, factor) = (V.Broadcast(shape.Divisor), V.Broadcast(1f / shape.Divisor));
        for (var j = 0; j < outW; j++, gy += V.Count)
        {
            var share = V.Load(gy);
            share = divides ? share / divisor : share * factor;
            for (var s = 0; s < kernelW; s++, gx += V.Count)
            {
                V.Store(share, gx);
            }
        }
    }

    /// <summary>Sets the lanes from <paramref name="images"/> on to zero.</summary>
    public static void ClearLanes<V>(float* x, int pixels, int images)
        where V : unmanaged, IConvVector<V>
    {
        for (var i = 0; i < pixels; i++, x += V.Count)
        {
            new Span<float>(x + images, V.Count - images).Clear();
        }
    }

    /// <summary>Adds the pixels of a row to the four registers at <paramref name="sums"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddPixels<V>(float* x, int pixels, float* sums)
        where V : unmanaged, IConvVector<V>
    {
        var (a, b) = (V.Load(sums), V.Load(sums + V.Count));
        var (c, d) = (V.Load(sums + (2 * V.Count)), V.Load(sums + (3 * V.Count)));
        for (; pixels >= 4; pixels -= 4, x += 4 * V.Count)
        {
            a += V.Load(x);
            b += V.Load(x + V.Count);
            c += V.Load(x + (2 * V.Count));
            d += V.Load(x + (3 * V.Count));
        }

        for (; pixels > 0; pixels--, x += V.Count)
        {
            a += V.Load(x);
        }

        V.Store(a, sums);
        V.Store(b, sums + V.Count);
        V.Store(c, sums + (2 * V.Count));
        V.Store(d, sums + (3 * V.Count));
    }

    /// <summary>The sum of all lanes of the four registers.</summary>
    public static float Total<V>(float* sums) where V : unmanaged, IConvVector<V>
    {
        var all = V.Sum(
            V.Load(sums), V.Load(sums + V.Count), V.Load(sums + (2 * V.Count)),
            V.Load(sums + (3 * V.Count)));
        return all[0] + all[1] + (all[2] + all[3]);
    }
}
