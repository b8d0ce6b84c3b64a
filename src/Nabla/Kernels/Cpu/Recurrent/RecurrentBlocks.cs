namespace Nabla.Kernels.Cpu;

/// <summary>
/// How a step's work is cut: blocks of hidden units, parts of the samples, some of either a chunk.
/// Blocks and parts are a function of the sizes alone, for sums are added part by part.
/// </summary>
internal readonly unsafe struct RecurrentBlocks<T>
    where T : unmanaged
{
    /// <summary>Samples of a part: so few that an odd number of blocks still shares out about
    /// evenly.</summary>
    private const int SamplesOfPart = 16;

    /// <summary>Parts of a chunk where the blocks alone share out evenly: a weight is used the more
    /// often while it is in L1, and tiles are higher.</summary>
    private const int MostParts = 2;

    /// <summary>Multiply-adds that are worth a chunk of their own.</summary>
    private const int ChunkWork = 1 << 17;

    private readonly int _perChunk;
    private readonly int _groups;
    private readonly int _partsPerChunk;

    private RecurrentBlocks(int samples, int units, int gates, nint packed)
    {
        (Samples, Units, Gates) = (samples, units, gates);
        Blocks = (units + PerBlock - 1) / PerBlock;
        PackedBlock = packed;
        Parts = Math.Max(1, (samples + SamplesOfPart - 1) / SamplesOfPart);
        var work = (long)(samples / Parts) * PerBlock * gates * units;
        _perChunk = (int)Math.Clamp(ChunkWork / Math.Max(1, work), 1, Blocks);
        _groups = (Blocks + _perChunk - 1) / _perChunk;
        _partsPerChunk = _groups % WorkerTeam.Threads == 0 ? MostParts : 1;
    }

    public int Samples { get; }

    public int Units { get; }

    public int Gates { get; }

    /// <summary>Hidden units of a block, but for the last one.</summary>
    public static int PerBlock => GemmPanels<T>.Columns;

    public int Blocks { get; }

    /// <summary>Parts of the samples.</summary>
    public int Parts { get; }

    /// <summary>Numbers of a block's packed weights.</summary>
    public nint PackedBlock { get; }

    /// <summary>Numbers of all packed weights.</summary>
    public nint Packed => PackedBlock * Blocks;

    /// <summary>Neighbours share weights: a core is likely to have them.</summary>
    public int Chunks => _groups * PartChunks;

    private int PartChunks => (Parts + _partsPerChunk - 1) / _partsPerChunk;

    /// <summary>A block is a panel for each gate.</summary>
    public static RecurrentBlocks<T> OfForward(int samples, int units, int gates) =>
        new(samples, units, gates,
            gates * GemmPanels<T>.Size(units, GemmPanels<T>.Columns));

    /// <summary>A block is one panel, as long as all gates.</summary>
    public static RecurrentBlocks<T> OfBackward(int samples, int units, int gates) =>
        new(samples, units, gates,
            GemmPanels<T>.Size(gates * units, GemmPanels<T>.Columns));

    /// <summary>How many units a block has.</summary>
    public int UnitsOf(int block) => Math.Min(PerBlock, Units - (block * PerBlock));

    /// <summary>The first sample of a part; of the one after the last, how many there are.
    /// </summary>
    public int Sample(int part) => (int)((long)part * Samples / Parts);

    /// <summary>A chunk's blocks and parts of the samples.</summary>
    public (int FirstBlock, int EndBlock, int FirstPart, int EndPart) Chunk(int chunk)
    {
        var (group, part) = Math.DivRem(chunk, PartChunks);
        part *= _partsPerChunk;
        return (group * _perChunk, Math.Min(Blocks, (group + 1) * _perChunk),
            part, Math.Min(Parts, part + _partsPerChunk));
    }
}

/// <summary>Packs Wᵀ (H, G·H) by blocks, gate by gate.</summary>
internal unsafe struct RecurrentPackForward<T> : IChunkBody
    where T : unmanaged
{
    public RecurrentBlocks<T> Blocks;
    public T* Weight;
    public T* Packed;

    public readonly void Run(int chunk)
    {
        var units = Blocks.Units;
        var perBlock = RecurrentBlocks<T>.PerBlock;
        var count = Blocks.UnitsOf(chunk);
        var to = Packed + (chunk * Blocks.PackedBlock);
        for (var gate = 0; gate < Blocks.Gates; gate++)
        {
            nint row = ((nint)gate * units) + ((nint)chunk * perBlock);
            GemmPanels<T>.Pack(units, count, Weight + (row * units), 1, units, to);
            to += (nint)units * perBlock;
        }
    }
}

/// <summary>Packs W (G·H, H) by blocks.</summary>
internal unsafe struct RecurrentPackBackward<T> : IChunkBody
    where T : unmanaged
{
    public RecurrentBlocks<T> Blocks;
    public T* Weight;
    public T* Packed;

    public readonly void Run(int chunk) => GemmPanels<T>.Pack(
        Blocks.Gates * Blocks.Units, Blocks.UnitsOf(chunk),
        Weight + (chunk * RecurrentBlocks<T>.PerBlock), Blocks.Units, 1,
        Packed + (chunk * Blocks.PackedBlock));
}
