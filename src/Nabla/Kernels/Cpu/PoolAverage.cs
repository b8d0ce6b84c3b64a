using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Average pooling (torch.nn.AvgPool2d). Layouts: x (planes, height, width), y (planes, out height,
/// out width), contiguous; a plane is one channel of one sample.
/// </summary>
internal static unsafe class PoolAverage
{
    private const int MostTurned = 20;

    /// <summary>
    /// Writes each window's sum over its divisor: <paramref name="divisor"/> if above 0, else the
    /// window's cells, padding among them if <paramref name="countPad"/>.
    /// </summary>
    public static void Forward<T>(
        T* x, T* y, long planes, PoolWindow window, bool countPad, int divisor)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Run<T, ForwardPlane>(x, y, planes, window, countPad, divisor);

    /// <summary>
    /// The input's gradient: each window's gy over its divisor, added up at all its cells.
    /// </summary>
    public static void Backward<T>(
        T* gy, T* gx, long planes, PoolWindow window, bool countPad, int divisor)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Run<T, BackwardPlane>(gx, gy, planes, window, countPad, divisor);

    private static void Run<T, TPlane>(
        T* x, T* y, long planes, PoolWindow window, bool countPad, int divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPlane : struct, IPlane
    {
        if (typeof(T) == typeof(float) && Turns(planes, window))
        {
            Turned<TPlane>((float*)x, (float*)y, planes, window, countPad, divisor);
            return;
        }

        var taps = (long)window.KernelHeight + window.KernelWidth;
        var outSize = (long)window.OutHeight * window.OutWidth;
        var work = (outSize * taps) + ((long)window.Height * window.Width);
        var chunks = RowChunks.Of(work == 0 ? 0 : planes, work);
        var body = new Body<T, TPlane>(x, y, window, countPad, divisor, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>Whether rows are short and windows share little: by lines, most of a register
    /// would be idle.</summary>
    private static bool Turns(long planes, in PoolWindow w) =>
        w.StrideWidth > 1 && w.OutWidth < MostTurned && !PoolAveragePairs.Suits(w)
        && PoolAverageTurned.Suits(
            planes, (long)w.Height * w.Width, (long)w.OutHeight * w.OutWidth);

    private static void Turned<TPlane>(
        float* x, float* y, long planes, in PoolWindow w, bool countPad, int divisor)
        where TPlane : struct, IPlane
    {
        var room = PoolRanges.Room(w.Height, w.OutHeight);
        using var scratch = Scratch.Rent<int>(room + PoolRanges.Room(w.Width, w.OutWidth));
        var memory = (int*)scratch.Pointer;
        var rows = PoolRanges.Rows(memory, w, countPad);
        var columns = PoolRanges.Columns(memory + room, w, countPad);
        TPlane.RunTurned(x, y, planes, rows, columns, divisor);
    }

    /// <summary>What happens to one plane.</summary>
    private interface IPlane
    {
        static abstract void Run<T, V>(PoolAverageLines<T, V> lines, T* x, T* y)
            where T : unmanaged
            where V : unmanaged, ILanes<V>;

        /// <summary>The same for windows that <see cref="PoolAveragePairs"/> suits.</summary>
        static abstract void RunPairs(float* x, float* y, in PoolWindow w, int divisor);

        /// <summary>The same for planes that <see cref="PoolAverageTurned"/> suits, all at once.
        /// </summary>
        static abstract void RunTurned(float* x, float* y, long planes, in PoolRanges rows,
            in PoolRanges columns, int divisor);
    }

    private readonly struct ForwardPlane : IPlane
    {
        public static void Run<T, V>(PoolAverageLines<T, V> lines, T* x, T* y)
            where T : unmanaged
            where V : unmanaged, ILanes<V> => lines.Forward(x, y);

        public static void RunPairs(float* x, float* y, in PoolWindow w, int divisor) =>
            PoolAveragePairs.Forward(x, y, in w, divisor);

        public static void RunTurned(float* x, float* y, long planes, in PoolRanges rows,
            in PoolRanges columns, int divisor) =>
            PoolAverageTurned.Forward(x, y, planes, in rows, in columns, divisor);
    }

    private readonly struct BackwardPlane : IPlane
    {
        public static void Run<T, V>(PoolAverageLines<T, V> lines, T* gx, T* gy)
            where T : unmanaged
            where V : unmanaged, ILanes<V> => lines.Backward(gy, gx);

        public static void RunPairs(float* gx, float* gy, in PoolWindow w, int divisor) =>
            PoolAveragePairs.Backward(gx, gy, in w, divisor);

        public static void RunTurned(float* gx, float* gy, long planes, in PoolRanges rows,
            in PoolRanges columns, int divisor) =>
            PoolAverageTurned.Backward(gy, gx, planes, in rows, in columns, divisor);
    }

    private readonly struct Body<T, TPlane>(
        T* x, T* y, PoolWindow window, bool countPad, int divisor, RowChunks chunks) : IChunkBody
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPlane : struct, IPlane
    {
        public void Run(int chunk)
        {
            if (typeof(T) == typeof(double))
            {
                Run<F64x1>(chunk);
            }
            else if (PoolAveragePairs.Suits(window))
            {
                RunPairs(chunk);
            }
            else if (Simd.Wide && window.Width > F32x8.Count)
            {
                Run<F32x16>(chunk);
            }
            else if (Simd.Medium && window.Width > F32x4.Count)
            {
                Run<F32x8>(chunk);
            }
            else
            {
                Run<F32x4>(chunk);
            }
        }

        private void RunPairs(int chunk)
        {
            var size = (long)window.Height * window.Width;
            var outSize = (long)window.OutHeight * window.OutWidth;
            var cells = divisor > 0 ? divisor : window.KernelHeight * window.KernelWidth;
            for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
            {
                TPlane.RunPairs(
                    (float*)x + (plane * size), (float*)y + (plane * outSize), window, cells);
            }
        }

        private void Run<V>(int chunk) where V : unmanaged, ILanes<V>
        {
            var size = (long)window.Height * window.Width;
            var outSize = (long)window.OutHeight * window.OutWidth;
            using var scratch = Scratch.Rent(PoolAverageLines<T, V>.Bytes(window));
            var lines = new PoolAverageLines<T, V>(window, countPad, divisor, scratch.Pointer);
            for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
            {
                TPlane.Run(lines, x + (plane * size), y + (plane * outSize));
            }
        }
    }
}
