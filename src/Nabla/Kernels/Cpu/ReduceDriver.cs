using System.Buffers;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Cuts a reduction into units that threads take: by outputs, and where those are few, by segments
/// of what is folded; a segment's total is combined with the next one's in order.
/// </summary>
internal static unsafe class ReduceDriver
{
    public static void Run<TFold, TTotal, TSource>(
        in ReduceShape plan, in TFold fold, in TSource source)
        where TTotal : unmanaged
        where TFold : struct, IBlockFold<TTotal>
        where TSource : struct, ITileSource
    {
        if (plan.Inner)
        {
            var rows = new ReduceRows<TFold, TTotal, TSource>(plan, fold, source);
            Run<ReduceRows<TFold, TTotal, TSource>, TTotal>(ref rows);
        }
        else
        {
            var columns = new ReduceColumns<TFold, TTotal, TSource>(plan, fold, source);
            Run<ReduceColumns<TFold, TTotal, TSource>, TTotal>(ref columns);
        }
    }

    private static void Run<TWork, TTotal>(ref TWork work)
        where TTotal : unmanaged where TWork : struct, IReduceWork<TTotal>
    {
        if (work.Chunks <= 1 || work.PartialCount == 0)
        {
            if (work.Chunks == 1)
            {
                work.Run(0);
            }
            else if (work.Chunks > 0)
            {
                WorkerTeam.For(work.Chunks, ref work);
            }

            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(work.PartialCount * sizeof(TTotal));
        fixed (byte* partials = rented)
        {
            work.Partials = (TTotal*)partials;
            WorkerTeam.For(work.Chunks, ref work);
            work.Finish();
        }

        ArrayPool<byte>.Shared.Return(rented);
    }
}

/// <summary>Work whose chunks write outputs, or partial totals that are combined after.</summary>
internal unsafe interface IReduceWork<TTotal> : IChunkBody where TTotal : unmanaged
{
    int Chunks { get; }

    /// <summary>How many partial totals there are; 0 when chunks write outputs.</summary>
    int PartialCount { get; }

    TTotal* Partials { set; }

    /// <summary>Combines the partial totals and writes the outputs.</summary>
    void Finish();
}
