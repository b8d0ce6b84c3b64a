using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Moves strided blocks of elements of 1, 2, 4 or 8 bytes, whatever they mean.</summary>
internal static unsafe class CopyTile
{
    /// <summary>
    /// Copies a block of the given sizes from one strided layout to another; strides are in
    /// elements, and a source stride of 0 repeats.
    /// </summary>
    public static void Strided(void* source, long* sourceStrides, void* destination,
        long* destinationStrides, long* sizes, int rank, int elementSize)
    {
        switch (elementSize)
        {
            case 1:
                Move((byte*)source, sourceStrides, (byte*)destination, destinationStrides,
                    sizes, rank);
                break;
            case 2:
                Move((ushort*)source, sourceStrides, (ushort*)destination, destinationStrides,
                    sizes, rank);
                break;
            case 4:
                Move((uint*)source, sourceStrides, (uint*)destination, destinationStrides,
                    sizes, rank);
                break;
            default:
                Move((ulong*)source, sourceStrides, (ulong*)destination, destinationStrides,
                    sizes, rank);
                break;
        }
    }

    [SkipLocalsInit]
    private static void Move<T>(T* source, long* sourceStrides, T* destination,
        long* destinationStrides, long* sizes, int rank) where T : unmanaged
    {
        if (rank == 0)
        {
            *destination = *source;
            return;
        }

        var last = rank - 1;
        var index = stackalloc long[TileLoop.MaxRank];
        var rows = 1L;
        for (var d = 0; d < last; d++)
        {
            index[d] = 0;
            rows *= sizes[d];
        }

        for (; rows > 0; rows--)
        {
            Row(source, sourceStrides[last], destination, destinationStrides[last], sizes[last]);
            for (var d = last - 1; d >= 0; d--)
            {
                source += sourceStrides[d];
                destination += destinationStrides[d];
                if (++index[d] < sizes[d])
                {
                    break;
                }

                source -= sourceStrides[d] * sizes[d];
                destination -= destinationStrides[d] * sizes[d];
                index[d] = 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<T>(T* source, long from, T* destination, long to, long n)
        where T : unmanaged
    {
        if (from == 1 && to == 1)
        {
            if (n >= 16)
            {
                Unsafe.CopyBlockUnaligned(destination, source, (uint)(n * sizeof(T)));
                return;
            }

            for (long i = 0; i < n; i++)
            {
                destination[i] = source[i];
            }
        }
        else if (from == 0 && to == 1)
        {
            new Span<T>(destination, (int)n).Fill(*source);
        }
        else
        {
            for (long i = 0; i < n; i++)
            {
                destination[i * to] = source[i * from];
            }
        }
    }
}
