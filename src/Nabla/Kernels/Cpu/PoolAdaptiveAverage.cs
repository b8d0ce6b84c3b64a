using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Average pooling to a given output size (torch.nn.AdaptiveAvgPool2d): output row r averages the
/// input's rows ⌊r·H/OH⌋ … ⌈(r + 1)·H/OH⌉ − 1, columns likewise. Layouts: x (planes, height,
/// width), y (planes, out height, out width), contiguous.
/// </summary>
internal static unsafe class PoolAdaptiveAverage
{
    /// <summary>Writes the averages.</summary>
    public static void Forward<T>(
        T* x, T* y, long planes, int height, int width, int outHeight, int outWidth)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Turns<T>(planes, height, width, outHeight, outWidth))
        {
            Turned((float*)x, (float*)y, planes, height, width, outHeight, outWidth, false);
            return;
        }

        var work = ((long)height * width) + ((long)outHeight * outWidth);
        var chunks = RowChunks.Of(planes, work);
        var body = new ForwardBody<T>(x, y, height, width, outHeight, outWidth, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>The input's gradient: each gy over its window's size, added into gx = 0.</summary>
    public static void Backward<T>(
        T* gy, T* gx, long planes, int height, int width, int outHeight, int outWidth)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Turns<T>(planes, height, width, outHeight, outWidth))
        {
            Turned((float*)gx, (float*)gy, planes, height, width, outHeight, outWidth, true);
            return;
        }

        var work = ((long)height * width) + ((long)outHeight * outWidth);
        var chunks = RowChunks.Of(planes, work);
        var body = new BackwardBody<T>(gy, gx, height, width, outHeight, outWidth, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>Whether windows are too short for registers along their rows.</summary>
    private static bool Turns<T>(long planes, int height, int width, int outHeight, int outWidth) =>
        typeof(T) == typeof(float) && outWidth > 1 && PoolAverageTurned.Suits(
            planes, (long)height * width, (long)outHeight * outWidth);

    private static void Turned(float* x, float* y, long planes, int height, int width,
        int outHeight, int outWidth, bool isBackward)
    {
        var room = PoolRanges.Room(height, outHeight);
        using var scratch = Scratch.Rent<int>(room + PoolRanges.Room(width, outWidth));
        var memory = (int*)scratch.Pointer;
        var rows = PoolRanges.Adaptive(memory, height, outHeight);
        var columns = PoolRanges.Adaptive(memory + room, width, outWidth);
        if (isBackward)
        {
            PoolAverageTurned.Backward(y, x, planes, rows, columns, 0);
        }
        else
        {
            PoolAverageTurned.Forward(x, y, planes, rows, columns, 0);
        }
    }

    private static (int Start, int End) Window(int at, int size, int outSize) => (
        (int)((long)at * size / outSize),
        (int)((((long)(at + 1) * size) + outSize - 1) / outSize));

    private static T Sum<T>(T* x, long n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var total = T.Zero;
        long i = 0;
        if (Vector<T>.IsSupported && n >= 2 * Vector<T>.Count)
        {
            var even = Vector<T>.Zero;
            var odd = Vector<T>.Zero;
            for (; i <= n - (2 * Vector<T>.Count); i += 2 * Vector<T>.Count)
            {
                even += Vector.Load(x + i);
                odd += Vector.Load(x + i + Vector<T>.Count);
            }

            total = Vector.Sum(even + odd);
        }

        for (; i < n; i++)
        {
            total += x[i];
        }

        return total;
    }

    private readonly struct ForwardBody<T>(
        T* x, T* y, int height, int width, int outHeight, int outWidth, RowChunks chunks)
        : IChunkBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int chunk)
        {
            for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
            {
                var source = x + (plane * height * width);
                var target = y + (plane * outHeight * outWidth);
                for (var row = 0; row < outHeight; row++)
                {
                    var (top, bottom) = Window(row, height, outHeight);
                    for (var column = 0; column < outWidth; column++)
                    {
                        var (left, right) = Window(column, width, outWidth);
                        *target++ = Mean(source, top, bottom, left, right);
                    }
                }
            }
        }

        private T Mean(T* source, int top, int bottom, int left, int right)
        {
            var cells = (long)(bottom - top) * (right - left);
            var first = source + ((long)top * width) + left;
            var sum = T.Zero;
            if (right - left == width)
            {
                // Whole rows lie end to end: a global average is one long sum.
                sum = Sum(first, cells);
            }
            else
            {
                for (var r = top; r < bottom; r++, first += width)
                {
                    sum += Sum(first, right - left);
                }
            }

            return sum / T.CreateTruncating(cells);
        }
    }

    private readonly struct BackwardBody<T>(
        T* gy, T* gx, int height, int width, int outHeight, int outWidth, RowChunks chunks)
        : IChunkBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int chunk)
        {
            for (var plane = chunks.Start(chunk); plane < chunks.End(chunk); plane++)
            {
                var gradient = gy + (plane * outHeight * outWidth);
                var target = new Span<T>(gx + (plane * height * width), height * width);
                if (outHeight == 1 && outWidth == 1)
                {
                    target.Fill(*gradient / T.CreateTruncating(target.Length));
                    continue;
                }

                target.Clear();
                for (var row = 0; row < outHeight; row++)
                {
                    var (top, bottom) = Window(row, height, outHeight);
                    for (var column = 0; column < outWidth; column++)
                    {
                        var (left, right) = Window(column, width, outWidth);
                        var share = *gradient++
                            / T.CreateTruncating((bottom - top) * (right - left));
                        for (var r = top; r < bottom; r++)
                        {
                            AddTo(target.Slice((r * width) + left, right - left), share);
                        }
                    }
                }
            }
        }

        private static void AddTo(Span<T> target, T share)
        {
            foreach (ref var cell in target)
            {
                cell += share;
            }
        }
    }
}
