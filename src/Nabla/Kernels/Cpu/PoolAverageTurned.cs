using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Average pooling of small float32 planes, sixteen at a time and one a lane: where rows are short,
/// windows of any shape fill registers only so. Layouts: x (planes, height, width), y (planes, out
/// height, out width), contiguous.
/// </summary>
internal static unsafe class PoolAverageTurned
{
    private const int Lanes = 16;
    private const int FewestPlanes = 8;

    // Sixteen planes of so many cells stay in the L2 cache.
    private const long MostCells = 4096;

    /// <summary>Whether there are planes enough, and small ones.</summary>
    public static bool Suits(long planes, long size, long outSize) => planes >= FewestPlanes
        && size is > 0 and <= MostCells && outSize is > 0 and <= MostCells;

    /// <summary>Writes each window's sum over <paramref name="divisor"/>, or over its cells where
    /// that is 0.</summary>
    public static void Forward(float* x, float* y, long planes, in PoolRanges rows,
        in PoolRanges columns, int divisor) =>
        Run(x, y, planes, isBackward: false, rows, columns, divisor);

    /// <summary>Writes the input's gradient: each window's share of gy, added up at its cells in
    /// order of the windows.</summary>
    public static void Backward(float* gy, float* gx, long planes, in PoolRanges rows,
        in PoolRanges columns, int divisor) =>
        Run(gx, gy, planes, isBackward: true, rows, columns, divisor);

    private static void Run(float* x, float* y, long planes, bool isBackward,
        in PoolRanges rows, in PoolRanges columns, int divisor)
    {
        var work = ((long)rows.Size * columns.Size) + ((long)rows.Count * columns.Count);
        var chunks = RowChunks.Of((planes + Lanes - 1) / Lanes, Lanes * work);
        var body = new Body(x, y, planes, isBackward, rows, columns, divisor, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>Averages planes that lie side by side: x (height, width, 16), y (out height, out
    /// width, 16).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Average<V>(float* x, float* y, in PoolRanges rows,
        in PoolRanges columns, int divisor) where V : unmanaged, IF32Lanes<V>
    {
        nint pitch = columns.Size * Lanes;
        for (var r = 0; r < rows.Count; r++)
        {
            var (top, bottom) = rows.Window(r);
            for (var c = 0; c < columns.Count; c++, y += Lanes)
            {
                var (left, right) = columns.Window(c);
                var by = V.Broadcast(
                    divisor > 0 ? divisor : (float)rows.Cells(r) * columns.Cells(c));
                var first = x + (top * pitch) + (left * Lanes);
                for (var lane = 0; lane < Lanes; lane += V.Count)
                {
                    var sum = V.Broadcast(0);
                    var line = first + lane;
                    for (var i = top; i < bottom; i++, line += pitch)
                    {
                        var at = line;
                        for (var j = left; j < right; j++, at += Lanes)
                        {
                            sum += V.Load(at);
                        }
                    }

                    V.Store(sum / by, y + lane);
                }
            }
        }
    }

    /// <summary>The gradient in the same layout; gy becomes the windows' shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Spread<V>(float* gx, float* gy, in PoolRanges rows,
        in PoolRanges columns, int divisor) where V : unmanaged, IF32Lanes<V>
    {
        Divide<V>(gy, rows, columns, divisor);
        nint pitch = columns.Size * Lanes;
        nint step = columns.Count * Lanes;
        var last = (From: -1, To: -1);
        for (var i = 0; i < rows.Size; i++, gx += pitch)
        {
            var (from, to) = rows.WindowsOf(i);
            if ((from, to) == last)
            {
                Buffer.MemoryCopy(gx - pitch, gx, pitch * sizeof(float), pitch * sizeof(float));
                continue;
            }

            last = (from, to);
            for (var j = 0; j < columns.Size; j++)
            {
                var (first, end) = columns.WindowsOf(j);
                for (var lane = 0; lane < Lanes; lane += V.Count)
                {
                    var sum = V.Broadcast(0);
                    var line = gy + (from * step) + (first * Lanes) + lane;
                    for (var r = from; r < to; r++, line += step)
                    {
                        var at = line;
                        for (var c = first; c < end; c++, at += Lanes)
                        {
                            sum += V.Load(at);
                        }
                    }

                    V.Store(sum, gx + (j * Lanes) + lane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Divide<V>(float* gy, in PoolRanges rows, in PoolRanges columns,
        int divisor) where V : unmanaged, IF32Lanes<V>
    {
        for (var r = 0; r < rows.Count; r++)
        {
            for (var c = 0; c < columns.Count; c++, gy += Lanes)
            {
                var by = V.Broadcast(
                    divisor > 0 ? divisor : (float)rows.Cells(r) * columns.Cells(c));
                for (var lane = 0; lane < Lanes; lane += V.Count)
                {
                    V.Store(V.Load(gy + lane) / by, gy + lane);
                }
            }
        }
    }

    private readonly struct Body(float* x, float* y, long planes, bool isBackward,
        PoolRanges rows, PoolRanges columns, int divisor, RowChunks chunks) : IChunkBody
    {
        public void Run(int chunk)
        {
            if (Simd.Wide)
            {
                Run<F32x16>(chunk);
            }
            else if (Simd.Medium)
            {
                Run<F32x8>(chunk);
            }
            else
            {
                Run<F32x4>(chunk);
            }
        }

        private void Run<V>(int chunk) where V : unmanaged, IF32Lanes<V>
        {
            nint size = rows.Size * columns.Size;
            nint outSize = rows.Count * columns.Count;
            using var scratch = Scratch.Rent<float>(Lanes * (size + outSize));
            var wide = (float*)scratch.Pointer;
            var narrow = wide + (Lanes * size);
            for (var group = chunks.Start(chunk); group < chunks.End(chunk); group++)
            {
                var first = group * Lanes;
                var count = Math.Min(Lanes, planes - first);
                var from = x + (first * size);
                var to = y + (first * outSize);
                if (isBackward)
                {
                    Transpose.Run(to, outSize, narrow, Lanes, count, outSize, sizeof(float));
                    Spread<V>(wide, narrow, rows, columns, divisor);
                    Transpose.Run(wide, Lanes, from, size, size, count, sizeof(float));
                }
                else
                {
                    Transpose.Run(from, size, wide, Lanes, count, size, sizeof(float));
                    Average<V>(wide, narrow, rows, columns, divisor);
                    Transpose.Run(narrow, Lanes, to, outSize, outSize, count, sizeof(float));
                }
            }
        }
    }
}
