namespace Nabla.Kernels.Cpu;

/// <summary>
/// Rows cut into chunks of about equal work for <see cref="WorkerTeam"/>. The cut is a function of
/// the sizes alone, never of the number of threads, so results keep their bits on any of them.
/// </summary>
internal readonly record struct RowChunks
{
    /// <summary>
    /// Elements a chunk should handle: some microseconds, well above a fork's cost.
    /// </summary>
    private const long WorkPerChunk = 16384;

    private const long MostChunks = 1 << 20;

    private readonly long _rows;
    private readonly long _perChunk;

    private RowChunks(long rows, long perChunk)
    {
        _rows = rows;
        _perChunk = perChunk;
    }

    /// <summary>How many chunks there are; 0 when there are no rows.</summary>
    public int Count => (int)((_rows + _perChunk - 1) / _perChunk);

    /// <summary>Cuts <paramref name="rows"/> rows of so many elements each.</summary>
    public static RowChunks Of(long rows, long workPerRow)
    {
        var perChunk = Math.Max(1, WorkPerChunk / Math.Max(1, workPerRow));
        return new RowChunks(rows, Math.Max(perChunk, (rows + MostChunks - 1) / MostChunks));
    }

    /// <summary>The first row of a chunk.</summary>
    public long Start(int chunk) => chunk * _perChunk;

    /// <summary>The row after a chunk's last.</summary>
    public long End(int chunk) => Math.Min(_rows, (chunk + 1L) * _perChunk);
}
