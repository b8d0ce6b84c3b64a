namespace Nabla.Kernels.Cpu;

/// <summary>
/// The columns of an (outer, axis, inner) layout cut into blocks of neighbours: a block belongs to
/// one outer index, and whoever runs it walks the axis alone, so blocks never race.
/// </summary>
internal readonly record struct ColumnBlocks
{
    /// <summary>Columns of a block at least: four cache lines of float32.</summary>
    private const long Narrowest = 64;

    /// <summary>Columns of a block at most, so that a block's row stays in the L1 cache.</summary>
    private const long Widest = 1024;

    /// <summary>Wide blocks to aim at, so that a thread that comes late has less to do.</summary>
    private const long BlocksPerThread = 2;

    private readonly long _inner;
    private readonly long _width;
    private readonly long _perOuter;

    private ColumnBlocks(long outer, long inner, long width, long axis)
    {
        _inner = inner;
        _width = width;
        _perOuter = (inner + width - 1) / width;
        Chunks = RowChunks.Of(outer * _perOuter, Math.Min(width, inner) * Math.Max(1, axis));
    }

    /// <summary>The blocks, as rows shared over threads.</summary>
    public RowChunks Chunks { get; }

    /// <summary>Cuts a layout whose axis has <paramref name="axis"/> elements.</summary>
    public static ColumnBlocks Of(long outer, long axis, long inner)
    {
        var wanted = 16384 / Math.Max(1, axis) / Narrowest * Narrowest;
        return new ColumnBlocks(outer, inner, Math.Clamp(wanted, Narrowest, Widest), axis);
    }

    /// <summary>
    /// Cuts a layout that is read once into blocks as wide as they can be while all threads have
    /// some: narrow rows that lie far apart come late, and may share a cache set.
    /// </summary>
    public static ColumnBlocks Wide(long outer, long axis, long inner)
    {
        var parts = Math.Max(1, BlocksPerThread * WorkerTeam.Threads / Math.Max(1, outer));
        var width = ((inner / parts) + Narrowest - 1) / Narrowest * Narrowest;
        return new ColumnBlocks(outer, inner, Math.Clamp(width, Narrowest, Widest), axis);
    }

    /// <summary>Where a block lies: its outer index, its first column, and its width.</summary>
    public (long Outer, long Start, int Width) this[long block]
    {
        get
        {
            var outer = block / _perOuter;
            var start = (block - (outer * _perOuter)) * _width;
            return (outer, start, (int)Math.Min(_width, _inner - start));
        }
    }
}
