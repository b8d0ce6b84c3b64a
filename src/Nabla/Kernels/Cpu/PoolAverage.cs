using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Average pooling (torch.nn.AvgPool2d). Layouts: x (planes, height, width), y (planes, out height,
/// out width), contiguous; a plane is one channel of one sample.
/// </summary>
internal static unsafe class PoolAverage
{
    /// <summary>
    /// Writes each window's sum over its divisor: <paramref name="divisor"/> if above 0, else the
    /// window's cells, padding among them if <paramref name="countPad"/>.
    /// </summary>
    public static void Forward<T>(
        T* x, T* y, long planes, PoolWindow window, bool countPad, int divisor)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Run<T, ForwardPlane>(x, y, planes, window, countPad, divisor);

    /// <summary>
    /// The input's gradient: each window's gy over its divisor, added into gx = 0 at all its cells
    /// in order of the windows.
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
        var taps = (long)window.KernelHeight * window.KernelWidth;
        var outSize = (long)window.OutHeight * window.OutWidth;
        var work = (outSize * taps) + ((long)window.Height * window.Width);
        var chunks = RowChunks.Of(work == 0 ? 0 : planes, work);
        var body = new Body<T, TPlane>(x, y, window, countPad, divisor, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>A window's cells along one dimension.</summary>
    private readonly struct Extent
    {
        /// <summary>
        /// First cell inside the input, the cell after the last, and what to divide by.
        /// </summary>
        public readonly int Start, End, Cells;

        public Extent(int at, int size, int kernel, int stride, int pad, bool countPad)
        {
            var start = (at * stride) - pad;
            var end = Math.Min(start + kernel, size + pad);
            Cells = end - start;
            Start = Math.Max(start, 0);
            End = Math.Min(end, size);
            Cells = countPad ? Cells : Math.Max(0, End - Start);
        }
    }

    /// <summary>What happens to one plane.</summary>
    private interface IPlane
    {
        static abstract void Run<T>(
            T* x, T* y, in PoolWindow w, bool countPad, int divisor)
            where T : unmanaged, IFloatingPointIeee754<T>;

        /// <summary>The same for windows that <see cref="PoolAveragePairs"/> suits.</summary>
        static abstract void RunPairs(float* x, float* y, in PoolWindow w, int divisor);
    }

    private static Extent Rows(in PoolWindow w, int row, bool countPad) =>
        new(row, w.Height, w.KernelHeight, w.StrideHeight, w.PadHeight, countPad);

    private static Extent Columns(in PoolWindow w, int column, bool countPad) =>
        new(column, w.Width, w.KernelWidth, w.StrideWidth, w.PadWidth, countPad);

    private readonly struct ForwardPlane : IPlane
    {
        public static void RunPairs(float* x, float* y, in PoolWindow w, int divisor) =>
            PoolAveragePairs.Forward(x, y, in w, divisor);

        public static void Run<T>(T* x, T* y, in PoolWindow w, bool countPad, int divisor)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (inside, outside) = w.InsideColumns;
            var outWidth = w.OutWidth;
            var fast = typeof(T) == typeof(float) && w.StrideWidth <= 2
                && outside - inside >= PoolLanes4.Count;
            for (var row = 0; row < w.OutHeight; row++, y += outWidth)
            {
                var rows = Rows(w, row, countPad);
                for (var column = 0; column < outWidth; column++)
                {
                    if (fast && column == inside)
                    {
                        var cells = divisor > 0 ? divisor : rows.Cells * w.KernelWidth;
                        FastRow((float*)x, (float*)y, w, rows, cells, inside, outside);
                        column = outside - 1;
                        continue;
                    }

                    var columns = Columns(w, column, countPad);
                    y[column] = Cell(x, w.Width, rows, columns, divisor);
                }
            }
        }

        private static T Cell<T>(T* x, int width, in Extent rows, in Extent columns, int divisor)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (rows.Start >= rows.End || columns.Start >= columns.End)
            {
                return T.Zero;
            }

            var sum = T.Zero;
            for (var r = rows.Start; r < rows.End; r++)
            {
                for (var c = columns.Start; c < columns.End; c++)
                {
                    sum += x[(r * width) + c];
                }
            }

            return sum / T.CreateTruncating(divisor > 0 ? divisor : rows.Cells * columns.Cells);
        }

        /// <summary>
        /// Output columns [start, end) whose windows touch no side: at least four of them.
        /// </summary>
        private static void FastRow(
            float* x, float* y, in PoolWindow w, in Extent rows, int cells, int start, int end)
        {
            if (end - start >= PoolLanes8.Count)
            {
                FastRow<PoolLanes8>(x, y, w, rows, cells, start, end);
            }
            else
            {
                FastRow<PoolLanes4>(x, y, w, rows, cells, start, end);
            }
        }

        private static void FastRow<V>(
            float* x, float* y, in PoolWindow w, in Extent rows, int cells, int start, int end)
            where V : unmanaged, IPoolLanes<V>
        {
            var divisor = V.Const(cells);
            var (width, taps, stride) = (w.Width, w.KernelWidth, w.StrideWidth);
            for (var column = start; column < end; column += V.Count)
            {
                // The last ones overlap their neighbours: the same numbers twice.
                column = Math.Min(column, end - V.Count);
                var line = x + ((long)rows.Start * width) + (column * stride) - w.PadWidth;
                var sum = V.Const(0);
                for (var r = rows.Start; r < rows.End; r++)
                {
                    for (var tap = 0; tap < taps; tap++)
                    {
                        sum += V.Load(line + tap, stride);
                    }

                    line += width;
                }

                V.Store(sum / divisor, y + column);
            }
        }
    }

    private readonly struct BackwardPlane : IPlane
    {
        public static void RunPairs(float* gx, float* gy, in PoolWindow w, int divisor) =>
            PoolAveragePairs.Backward(gx, gy, in w, divisor);

        public static void Run<T>(T* gx, T* gy, in PoolWindow w, bool countPad, int divisor)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var outWidth = w.OutWidth;
            new Span<T>(gx, w.Height * w.Width).Clear();
            for (var row = 0; row < w.OutHeight; row++, gy += outWidth)
            {
                var rows = Rows(w, row, countPad);
                for (var column = 0; column < outWidth; column++)
                {
                    Cell(gx, gy[column], w.Width, rows, Columns(w, column, countPad), divisor);
                }
            }
        }

        private static void Cell<T>(
            T* gx, T gradient, int width, in Extent rows, in Extent columns, int divisor)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (rows.Start >= rows.End || columns.Start >= columns.End)
            {
                return;
            }

            var share = gradient
                / T.CreateTruncating(divisor > 0 ? divisor : rows.Cells * columns.Cells);
            for (var r = rows.Start; r < rows.End; r++)
            {
                for (var c = columns.Start; c < columns.End; c++)
                {
                    gx[(r * width) + c] += share;
                }
            }
        }
    }

    private readonly struct Body<T, TPlane>(
        T* x, T* y, PoolWindow window, bool countPad, int divisor, RowChunks chunks) : IChunkBody
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPlane : struct, IPlane
    {
        public void Run(int chunk)
        {
            var size = (long)window.Height * window.Width;
            var outSize = (long)window.OutHeight * window.OutWidth;
            if (typeof(T) == typeof(float) && PoolAveragePairs.Suits(window))
            {
                var cells = divisor > 0 ? divisor : window.KernelHeight * window.KernelWidth;
                for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
                {
                    TPlane.RunPairs(
                        (float*)x + (plane * size), (float*)y + (plane * outSize), window, cells);
                }

                return;
            }

            for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
            {
                TPlane.Run(x + (plane * size), y + (plane * outSize), window, countPad, divisor);
            }
        }
    }
}
