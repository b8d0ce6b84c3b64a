namespace Nabla.Kernels.Cpu;

/// <summary>
/// How the outputs are cut into square tiles and the tiles into chunks: a pure function of
/// sizes. A unit is a row of tiles of an image, or a part of one that is very long; a chunk takes
/// some units that follow each other.
/// </summary>
internal readonly struct WinogradTiles
{
    private readonly int _partTiles;

    /// <param name="images">N.</param>
    /// <param name="height">Rows of the output.</param>
    /// <param name="width">Columns of the output.</param>
    /// <param name="wanted">Tiles to aim at in a chunk.</param>
    /// <param name="side">Outputs of a tile's side.</param>
    public WinogradTiles(
        int images, int height, int width, int wanted, int side = WinogradPoints.Tile)
    {
        Side = side;
        Rows = (height + side - 1) / side;
        Columns = (width + side - 1) / side;
        Images = images;
        Parts = (Columns + wanted - 1) / wanted;
        if (Columns == 0)
        {
            // Images without columns have no units; a chunk's sizes stay ones to divide by.
            (Parts, _partTiles, UnitsPerChunk, Rows) = (1, 1, 1, 0);
            return;
        }

        _partTiles = (Columns + Parts - 1) / Parts;
        Parts = (Columns + _partTiles - 1) / _partTiles;
        UnitsPerChunk = Math.Max(1, Math.Min(wanted / _partTiles, Units));
    }

    public int Images { get; }

    /// <summary>Outputs of a tile's side.</summary>
    public int Side { get; }

    /// <summary>Rows of tiles of an image.</summary>
    public int Rows { get; }

    /// <summary>Tiles of a row.</summary>
    public int Columns { get; }

    /// <summary>Parts of a row.</summary>
    public int Parts { get; }

    public int UnitsPerChunk { get; }

    public int Units => Images * Rows * Parts;

    public int Chunks => (Units + UnitsPerChunk - 1) / UnitsPerChunk;

    /// <summary>Tiles of all images.</summary>
    public long Count => (long)Images * Rows * Columns;

    /// <summary>The most tiles of a chunk.</summary>
    public int ChunkTiles => UnitsPerChunk * _partTiles;

    /// <summary>The most numbers that a run's patch takes, a register a pixel.</summary>
    /// <param name="overlap">Pixels that a patch is larger than its tiles.</param>
    public nint PatchPixels(int overlap)
    {
        nint rows = Parts == 1 ? Math.Min(UnitsPerChunk, Rows) : 1;
        return ((Side * rows) + overlap)
            * ((Side * (nint)_partTiles) + overlap);
    }

    /// <summary>How many tiles come before a unit.</summary>
    public int TileOf(int unit) => (unit / Parts * Columns) + (unit % Parts * _partTiles);

    /// <summary>The tiles from a unit on that lie in one rectangle, up to unit
    /// <paramref name="end"/>, and no more than a patch has room for.</summary>
    public WinogradRun Run(int unit, int end)
    {
        var part = unit % Parts;
        var row = unit / Parts % Rows;
        var image = unit / Parts / Rows;
        var rows = Parts == 1 ? Math.Min(Math.Min(end - unit, Rows - row), UnitsPerChunk) : 1;
        var column = part * _partTiles;
        return new(image, row, column, rows, Math.Min(_partTiles, Columns - column));
    }
}

/// <summary>A rectangle of tiles of one image.</summary>
internal readonly record struct WinogradRun(int Image, int Row, int Column, int Rows, int Columns)
{
    public int Tiles => Rows * Columns;
}
