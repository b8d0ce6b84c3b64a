using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Adds slices along an axis: y[o, index[j], i] += source[o, j, i]; an embedding's gradient when
/// outer is 1. Layouts: y (outer, axis, inner), index (count), source (outer, count, inner), all
/// contiguous. Indices are trusted: see <see cref="GatherIndices"/>.
/// </summary>
/// <remarks>
/// Threads share columns, never slices, so slices that meet at one index add up in order of
/// position.
/// </remarks>
internal static unsafe class IndexAdd
{
    /// <summary>Bytes to ask memory for ahead where blocks are parts of slices: the hardware
    /// doesn't guess the way from one to the next.</summary>
    private const int Ahead = 16 << 10;

    private const int Line = 64;

    /// <summary>Adds <paramref name="source"/> into <paramref name="y"/>.</summary>
    public static void Run<T>(
        T* source, long* index, T* y, long outer, long axis, long count, long inner)
        where T : unmanaged, INumberBase<T>
    {
        var blocks = ColumnBlocks.Wide(outer, count, inner);
        var body = new Body<T>(source, index, y, axis, count, inner, blocks);
        WorkerTeam.For(blocks.Chunks.Count, ref body);
    }

    private static void Prefetch(byte* from, int bytes)
    {
        for (var i = 0; Sse.IsSupported && i < bytes; i += Line)
        {
            Sse.Prefetch0(from + i);
        }
    }

    private static void AddRow<T>(T* x, T* y, int n)
        where T : unmanaged, INumberBase<T>
    {
        var i = 0;
        if (Vector<T>.IsSupported)
        {
            for (; i <= n - Vector<T>.Count; i += Vector<T>.Count)
            {
                Vector.Store(Vector.Load(y + i) + Vector.Load(x + i), y + i);
            }
        }

        for (; i < n; i++)
        {
            y[i] += x[i];
        }
    }

    private readonly struct Body<T>(
        T* source, long* index, T* y, long axis, long count, long inner, ColumnBlocks blocks)
        : IChunkBody
        where T : unmanaged, INumberBase<T>
    {
        public void Run(int chunk)
        {
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (outer, start, width) = blocks[b];
                var from = source + (outer * count * inner) + start;
                var to = y + (outer * axis * inner) + start;
                var distance = width < inner
                    ? Math.Max(1, Ahead / (width * sizeof(T)))
                    : count;
                for (long j = 0; j < count; j++)
                {
                    if (j < count - distance)
                    {
                        Prefetch((byte*)(from + ((j + distance) * inner)), width * sizeof(T));
                    }

                    AddRow(from + (j * inner), to + (index[j] * inner), width);
                }
            }
        }
    }
}
