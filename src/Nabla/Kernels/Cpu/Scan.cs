using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Running sums and products along an axis: y[o, a, i] = x[o, 0, i] ∘ … ∘ x[o, a, i], or from the
/// end of the axis with <c>reverse</c>. Layout: (outer, axis, inner), contiguous; y may be x.
/// </summary>
/// <remarks>float32 accumulates in float64, as PyTorch does.</remarks>
internal static unsafe class Scan
{
    /// <summary>Columns that a block can have: see <see cref="ColumnBlocks"/>.</summary>
    private const int WidestBlock = 1024;

    /// <summary>Running sum (torch.cumsum; its gradient is the reversed one).</summary>
    public static void Sum<T>(T* x, T* y, long outer, long axis, long inner, bool reverse)
        where T : unmanaged, INumberBase<T> =>
        Run<T, AddFn>(x, y, outer, axis, inner, reverse);

    /// <summary>Running product (torch.cumprod).</summary>
    public static void Product<T>(T* x, T* y, long outer, long axis, long inner, bool reverse)
        where T : unmanaged, INumberBase<T> =>
        Run<T, MultiplyFn>(x, y, outer, axis, inner, reverse);

    private static void Run<T, TFn>(T* x, T* y, long outer, long axis, long inner, bool reverse)
        where T : unmanaged, INumberBase<T>
        where TFn : struct, IScanFn
    {
        if (typeof(T) == typeof(float))
        {
            Run<float, double, TFn>((float*)x, (float*)y, outer, axis, inner, reverse);
        }
        else
        {
            Run<T, T, TFn>(x, y, outer, axis, inner, reverse);
        }
    }

    private static void Run<T, TSum, TFn>(
        T* x, T* y, long outer, long axis, long inner, bool reverse)
        where T : unmanaged, INumberBase<T>
        where TSum : unmanaged, INumberBase<TSum>
        where TFn : struct, IScanFn
    {
        if (axis == 0)
        {
            return;
        }

        var blocks = ColumnBlocks.Of(outer, axis, inner);
        var body = new Body<T, TSum, TFn>(x, y, axis, inner, reverse, blocks);
        WorkerTeam.For(blocks.Chunks.Count, ref body);
    }

    private static void Row<T, TSum, TFn>(T* x, T* y, long n, long step)
        where T : unmanaged, INumberBase<T>
        where TSum : unmanaged, INumberBase<TSum>
        where TFn : struct, IScanFn
    {
        var total = TSum.CreateTruncating(*x);
        *y = *x;
        for (long a = 1; a < n; a++)
        {
            total = TFn.Invoke(total, TSum.CreateTruncating(x[a * step]));
            y[a * step] = T.CreateTruncating(total);
        }
    }

    private static void Block<T, TSum, TFn>(T* x, T* y, long n, long step, int width)
        where T : unmanaged, INumberBase<T>
        where TSum : unmanaged, INumberBase<TSum>
        where TFn : struct, IScanFn
    {
        var totals = stackalloc TSum[WidestBlock];
        for (var i = 0; i < width; i++)
        {
            totals[i] = TSum.CreateTruncating(x[i]);
            y[i] = x[i];
        }

        for (long a = 1; a < n; a++)
        {
            x += step;
            y += step;
            for (var i = 0; i < width; i++)
            {
                totals[i] = TFn.Invoke(totals[i], TSum.CreateTruncating(x[i]));
                y[i] = T.CreateTruncating(totals[i]);
            }
        }
    }

    /// <summary>What a scan combines neighbours with.</summary>
    private interface IScanFn
    {
        static abstract T Invoke<T>(T a, T b) where T : unmanaged, INumberBase<T>;
    }

    private readonly struct AddFn : IScanFn
    {
        public static T Invoke<T>(T a, T b) where T : unmanaged, INumberBase<T> => a + b;
    }

    private readonly struct MultiplyFn : IScanFn
    {
        public static T Invoke<T>(T a, T b) where T : unmanaged, INumberBase<T> => a * b;
    }

    private readonly struct Body<T, TSum, TFn>(
        T* x, T* y, long axis, long inner, bool reverse, ColumnBlocks blocks) : IChunkBody
        where T : unmanaged, INumberBase<T>
        where TSum : unmanaged, INumberBase<TSum>
        where TFn : struct, IScanFn
    {
        public void Run(int chunk)
        {
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (outer, start, width) = blocks[b];
                var first = (outer * axis * inner) + start + (reverse ? (axis - 1) * inner : 0);
                var step = reverse ? -inner : inner;
                if (width == 1)
                {
                    Row<T, TSum, TFn>(x + first, y + first, axis, step);
                }
                else
                {
                    Block<T, TSum, TFn>(x + first, y + first, axis, step, width);
                }
            }
        }
    }
}
