using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Scatter along an axis. Layouts: y (outer, axis, inner), index and source (outer, count, inner),
/// all contiguous. Indices are trusted: see <see cref="GatherIndices"/>.
/// </summary>
/// <remarks>
/// Columns are shared over threads, and one thread walks a column in order: where indices repeat,
/// the last write wins and sums add up in order of position, on any number of threads.
/// </remarks>
internal static unsafe class Scatter
{
    /// <summary>
    /// Overwrites: y[o, index[o, j, i], i] = source[o, j, i], for elements of 1, 2, 4 or 8 bytes.
    /// </summary>
    public static void Write(
        void* source, long* index, void* y,
        long outer, long axis, long count, long inner, int elementSize)
    {
        switch (elementSize)
        {
            case 1:
                Run<byte, Overwrite>((byte*)source, index, (byte*)y, outer, axis, count, inner);
                break;
            case 2:
                Run<ushort, Overwrite>(
                    (ushort*)source, index, (ushort*)y, outer, axis, count, inner);
                break;
            case 4:
                Run<uint, Overwrite>((uint*)source, index, (uint*)y, outer, axis, count, inner);
                break;
            default:
                Run<ulong, Overwrite>((ulong*)source, index, (ulong*)y, outer, axis, count, inner);
                break;
        }
    }

    /// <summary>Adds: y[o, index[o, j, i], i] += source[o, j, i].</summary>
    public static void Add<T>(
        T* source, long* index, T* y, long outer, long axis, long count, long inner)
        where T : unmanaged, INumberBase<T> =>
        Run<T, Sum>(source, index, y, outer, axis, count, inner);

    private static void Run<T, TMerge>(
        T* source, long* index, T* y, long outer, long axis, long count, long inner)
        where T : unmanaged, INumberBase<T>
        where TMerge : struct, IMerge
    {
        var blocks = ColumnBlocks.Of(outer, count, inner);
        var body = new Body<T, TMerge>(source, index, y, axis, count, inner, blocks);
        WorkerTeam.For(blocks.Chunks.Count, ref body);
    }

    private static void Block<T, TMerge>(
        T* source, long* index, T* y, long count, long inner, int width)
        where T : unmanaged, INumberBase<T>
        where TMerge : struct, IMerge
    {
        for (long j = 0; j < count; j++)
        {
            for (var i = 0; i < width; i++)
            {
                var target = y + (index[i] * inner) + i;
                *target = TMerge.Merge(*target, source[i]);
            }

            index += inner;
            source += inner;
        }
    }

    /// <summary>What becomes of an element that a scatter meets.</summary>
    private interface IMerge
    {
        static abstract T Merge<T>(T old, T value) where T : unmanaged, INumberBase<T>;
    }

    private readonly struct Overwrite : IMerge
    {
        public static T Merge<T>(T old, T value) where T : unmanaged, INumberBase<T> => value;
    }

    private readonly struct Sum : IMerge
    {
        public static T Merge<T>(T old, T value) where T : unmanaged, INumberBase<T> => old + value;
    }

    private readonly struct Body<T, TMerge>(
        T* source, long* index, T* y, long axis, long count, long inner, ColumnBlocks blocks)
        : IChunkBody
        where T : unmanaged, INumberBase<T>
        where TMerge : struct, IMerge
    {
        public void Run(int chunk)
        {
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (outer, start, width) = blocks[b];
                var from = (outer * count * inner) + start;
                Block<T, TMerge>(
                    source + from, index + from, y + (outer * axis * inner) + start,
                    count, inner, width);
            }
        }
    }
}
