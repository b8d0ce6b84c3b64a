using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Maximum pooling. Layouts: x (planes, height, width), y and index (planes, out height, out
/// width), contiguous; a plane is one channel of one sample. Of equal maxima the first counts; NaN
/// wins.
/// </summary>
internal static unsafe class PoolMax
{
    /// <summary>
    /// Writes the maxima and, unless <paramref name="index"/> is null, where in its plane each lies
    /// (row · width + column), as torch.nn.MaxPool2d(return_indices=True).
    /// </summary>
    public static void Forward<T>(T* x, T* y, long* index, long planes, PoolWindow window)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var taps = (long)window.KernelHeight * window.KernelWidth;
        var size = (long)window.OutHeight * window.OutWidth;
        var chunks = RowChunks.Of(size == 0 ? 0 : planes, size * taps);
        var body = new ForwardBody<T>(x, y, index, window, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>
    /// The input's gradient: gx[plane, index] += gy, over gx = 0. Where windows overlap, gradients
    /// add up in order of the windows.
    /// </summary>
    public static void Backward<T>(
        T* gy, long* index, T* gx, long planes, long planeSize, long outPlaneSize)
        where T : unmanaged, INumberBase<T>
    {
        var chunks = RowChunks.Of(planeSize == 0 ? 0 : planes, planeSize + outPlaneSize);
        var body = new BackwardBody<T>(gy, index, gx, planeSize, outPlaneSize, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private static void Plane<T>(T* x, T* y, long* index, in PoolWindow w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (inside, outside) = w.InsideColumns;
        var outWidth = w.OutWidth;
        var fast = typeof(T) == typeof(float) && w.StrideWidth <= 2
            && outside - inside >= PoolLanes4.Count;
        for (var row = 0; row < w.OutHeight; row++)
        {
            var top = (row * w.StrideHeight) - w.PadHeight;
            var skip = top < 0 ? (-top + w.DilationHeight - 1) / w.DilationHeight : 0;
            var left = w.Height - top;
            var taps = Math.Min(w.KernelHeight, (left + w.DilationHeight - 1) / w.DilationHeight);
            var first = top + (skip * w.DilationHeight);
            for (var column = 0; column < outWidth; column++)
            {
                if (fast && column == inside)
                {
                    FastRow((float*)x, (float*)y, index, w, first, taps - skip, inside, outside);
                    column = outside - 1;
                    continue;
                }

                Cell(x, y + column, index is null ? null : index + column, w, first, taps - skip,
                    (column * w.StrideWidth) - w.PadWidth);
            }

            y += outWidth;
            index = index is null ? null : index + outWidth;
        }
    }

    private static void Cell<T>(
        T* x, T* y, long* index, in PoolWindow w, int firstRow, int rows, int left)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var skip = left < 0 ? (-left + w.DilationWidth - 1) / w.DilationWidth : 0;
        var first = left + (skip * w.DilationWidth);
        var end = Math.Min(w.Width, left + (w.KernelWidth * w.DilationWidth));
        var best = T.NegativeInfinity;
        var place = (firstRow * w.Width) + first;
        for (var r = 0; r < rows; r++)
        {
            var line = (firstRow + (r * w.DilationHeight)) * w.Width;
            for (var c = first; c < end; c += w.DilationWidth)
            {
                var value = x[line + c];
                if (value > best || T.IsNaN(value))
                {
                    best = value;
                    place = line + c;
                }
            }
        }

        *y = best;
        if (index is not null)
        {
            *index = place;
        }
    }

    /// <summary>
    /// Output columns [start, end) whose windows touch no side: at least the lanes' count of them.
    /// </summary>
    private static void FastRow(
        float* x, float* y, long* index, in PoolWindow w, int firstRow, int rows,
        int start, int end)
    {
        switch (w.StrideWidth, end - start >= PoolLanes8.Count)
        {
            case (1, true):
                FastRow<PoolLanes8, One>(x, y, index, w, firstRow, rows, start, end);
                break;
            case (1, false):
                FastRow<PoolLanes4, One>(x, y, index, w, firstRow, rows, start, end);
                break;
            case (_, true):
                FastRow<PoolLanes8, Two>(x, y, index, w, firstRow, rows, start, end);
                break;
            default:
                FastRow<PoolLanes4, Two>(x, y, index, w, firstRow, rows, start, end);
                break;
        }
    }

    private static void FastRow<V, TStride>(
        float* x, float* y, long* index, in PoolWindow w, int firstRow, int rows,
        int start, int end)
        where V : unmanaged, IPoolLanes<V>
        where TStride : struct, IStride
    {
        var stride = TStride.Value;
        var lineStep = w.DilationHeight * w.Width;
        var taps = w.KernelWidth * w.DilationWidth;
        var dilation = w.DilationWidth;
        var origin = firstRow * w.Width;
        for (var column = start; column < end; column += V.Count)
        {
            // The last ones overlap their neighbours: the same numbers twice.
            column = Math.Min(column, end - V.Count);
            var left = (column * stride) - w.PadWidth;
            var best = V.Const(float.NegativeInfinity);
            var places = V.Place(origin);
            var line = origin;
            for (var r = 0; r < rows; r++)
            {
                for (var tap = 0; tap < taps; tap += dilation)
                {
                    var value = V.Load(x + line + left + tap, stride);
                    V.Keep(value, line + tap, ref best, ref places);
                }

                line += lineStep;
            }

            V.Store(best, y + column);
            if (index is not null)
            {
                V.StorePlaces(places, left, stride, index + column);
            }
        }
    }

    /// <summary>A column stride that the compiler knows.</summary>
    private interface IStride
    {
        static abstract int Value { get; }
    }

    private readonly struct One : IStride
    {
        public static int Value => 1;
    }

    private readonly struct Two : IStride
    {
        public static int Value => 2;
    }

    private readonly struct ForwardBody<T>(
        T* x, T* y, long* index, PoolWindow window, RowChunks chunks) : IChunkBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int chunk)
        {
            if (typeof(T) != typeof(float) || !PoolMaxLines.Suit(window))
            {
                RunPlanes(chunk);
            }
            else if (Simd.Wide && window.OutWidth > F32x8.Count)
            {
                RunLines<F32x16>(chunk);
            }
            else if (Simd.Medium && window.OutWidth > F32x4.Count)
            {
                RunLines<F32x8>(chunk);
            }
            else
            {
                RunLines<F32x4>(chunk);
            }
        }

        private void RunPlanes(int chunk)
        {
            var size = (long)window.Height * window.Width;
            var outSize = (long)window.OutHeight * window.OutWidth;
            var pairs = typeof(T) == typeof(float) && PoolMaxPairs.Suits(window);
            for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
            {
                var source = x + (plane * size);
                var target = y + (plane * outSize);
                var places = index is null ? null : index + (plane * outSize);
                if (pairs)
                {
                    PoolMaxPairs.Run((float*)source, (float*)target, places, window);
                }
                else
                {
                    Plane(source, target, places, window);
                }
            }
        }

        private void RunLines<V>(int chunk) where V : unmanaged, IF32Lanes<V>
        {
            var size = (long)window.Height * window.Width;
            var outSize = (long)window.OutHeight * window.OutWidth;
            using var scratch = Scratch.Rent(PoolMaxLines<V>.Bytes(window));
            var lines = new PoolMaxLines<V>(window, scratch.Pointer);
            for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
            {
                var source = x + (plane * size);
                var target = y + (plane * outSize);
                var places = index is null ? null : index + (plane * outSize);
                if (!lines.Run((float*)source, (float*)target, places))
                {
                    Plane(source, target, places, window);
                }
            }
        }
    }

    private readonly struct BackwardBody<T>(
        T* gy, long* index, T* gx, long size, long outSize, RowChunks chunks) : IChunkBody
        where T : unmanaged, INumberBase<T>
    {
        public void Run(int chunk)
        {
            for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
            {
                var target = gx + (plane * size);
                Unsafe.InitBlockUnaligned(target, 0, checked((uint)(size * sizeof(T))));
                Add(gy + (plane * outSize), index + (plane * outSize), target, outSize);
            }
        }

        private static void Add(T* gy, long* index, T* gx, long n)
        {
            for (long i = 0; i < n; i++)
            {
                gx[index[i]] += gy[i];
            }
        }
    }
}
