using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradients of <see cref="Attention"/>. A chunk is a head: the gradients of its keys are sums
/// over all queries.
/// </summary>
internal readonly unsafe struct AttentionBackward<T, V>(AttentionProblem<T>* p) : IChunkBody
    where T : unmanaged
    where V : unmanaged, ILanes<V>
{
    public int Chunks => checked((int)(p->Batch * p->Heads));

    [SkipLocalsInit]
    public void Run(int chunk)
    {
        var (batch, head) = Math.DivRem(chunk, p->Heads);
        if (p->Keys == 0)
        {
            Attention.Clear(p->Gq.At(batch, head, 0), p->Queries, p->Gq.Token, p->Width);
        }
        var seen = p->Queries == 0 ? 0 : p->Visible(p->Queries - 1, 0, p->Keys);
        Attention.Clear(p->Gk.At(batch, head, seen), p->Keys - seen, p->Gk.Token, p->Width);
        Attention.Clear(p->Gv.At(batch, head, seen), p->Keys - seen, p->Gv.Token, p->ValueWidth);

        var columns = GemmPanels<T>.Columns;
        var width = Math.Max(p->Width, p->ValueWidth);
        var byKeys = GemmPanels<T>.Size(Attention.TileKeys, width);
        var byQueries = GemmPanels<T>.Size(Attention.TileQueries, width);
        nint across = width * (nint)columns;
        nint panel = Attention.TileKeys * (nint)columns;
        nint room = Attention.TileKeys * (nint)width;
        nint rows = GemmPanels<T>.Whole(p->Queries);
        using var scratch = Scratch.Rent<T>((2 * Attention.TileSize) + byKeys + (2 * byQueries)
            + (2 * across) + (2 * rows)
            + (p->K.Feature == 1 ? 0 : room) + (p->V.Feature == 1 ? 0 : room)
            + (p->Mask.IsGiven ? panel : 0));
        using var keep = Scratch.Rent<float>(p->Keep < 1 ? 2 * panel : 0);
        var ahead = Ahead(chunk);
        var tile = new AttentionBackwardTile<T, V>
        {
            P = p,
            Batch = batch,
            Head = head,
            Ahead = &ahead,
            Weights = (T*)scratch.Pointer,
            Keep = (float*)keep.Pointer,
        };
        tile.Gradients = tile.Weights + Attention.TileSize;
        tile.KeysByWidth = tile.Gradients + Attention.TileSize;
        tile.QueriesByWidth = tile.KeysByWidth + byKeys;
        tile.GyByWidth = tile.QueriesByWidth + byQueries;
        tile.QueriesAcross = tile.GyByWidth + byQueries;
        tile.GyAcross = tile.QueriesAcross + across;
        tile.LogSums = tile.GyAcross + across;
        tile.Dots = tile.LogSums + rows;
        tile.RoomK = tile.Dots + rows;
        tile.RoomV = tile.RoomK + (p->K.Feature == 1 ? 0 : room);
        tile.Mask = tile.RoomV + (p->V.Feature == 1 ? 0 : room);
        for (var r = 0; r < p->Queries; r++)
        {
            tile.LogSums[r] = *p->LogSum.At(batch, head, r);
        }
        AttentionRow<V>.Dots(
            (byte*)p->Gy.At(batch, head, 0), p->Gy.Token * sizeof(T),
            (byte*)p->Y.At(batch, head, 0), p->Y.Token * sizeof(T),
            p->Queries, p->ValueWidth, (byte*)tile.Dots);
        new Span<T>(tile.LogSums + p->Queries, (int)rows - p->Queries).Clear();
        new Span<T>(tile.Dots + p->Queries, (int)rows - p->Queries).Clear();
        for (var key = 0; key < p->Keys; key += Attention.TileKeys)
        {
            tile.Pack(key, Math.Min(Attention.TileKeys, p->Keys - key));
            for (var query = 0; query < p->Queries; query += Attention.TileQueries)
            {
                tile.Run(query, Math.Min(Attention.TileQueries, p->Queries - query));
            }
        }
    }

    /// <summary>This head's results, and the next one's inputs.</summary>
    private AttentionAhead<T> Ahead(int chunk)
    {
        var ahead = new AttentionAhead<T>(p);
        ahead.Add(p->Gq, chunk, p->Queries, p->Width);
        ahead.Add(p->Gv, chunk, p->Keys, p->ValueWidth);
        ahead.Add(p->Gk, chunk, p->Keys, p->Width);
        ahead.Add(p->Gy, chunk + 1, p->Queries, p->ValueWidth);
        ahead.Add(p->Y, chunk + 1, p->Queries, p->ValueWidth);
        ahead.Add(p->K, chunk + 1, p->Keys, p->Width);
        ahead.Add(p->Q, chunk + 1, p->Queries, p->Width);
        ahead.Add(p->V, chunk + 1, p->Keys, p->ValueWidth);
        return ahead;
    }
}
