namespace Nabla.Kernels.Cpu;

/// <summary>Both operands of the weights' gradient, a block of tiles at a time, at the points.
/// </summary>
internal unsafe struct WinogradOperands<V, F> : IChunkBody
    where V : unmanaged, IConvVector<V>
    where F : struct, IWinogradForm
{
    private float* _inputs;
    private float* _grads;

    public required WinogradTiles Tiles { get; init; }

    /// <summary>x (N, C, H, W).</summary>
    public required WinogradSource Input { get; init; }

    /// <summary>∂y (N, K, OutH, OutW).</summary>
    public required WinogradSource Grad { get; init; }

    /// <summary>Units of a block.</summary>
    public required int BlockUnits { get; init; }

    /// <summary>The block's first unit.</summary>
    public int Unit { readonly get; set; }

    /// <summary>Where the operands go.</summary>
    public float* Room
    {
        set
        {
            _inputs = value;
            _grads = value + (WinogradForm<F>.Products * InputPoint);
        }
    }

    /// <summary>How many numbers <see cref="Room"/> needs.</summary>
    public readonly nint Size => WinogradForm<F>.Products * (InputPoint + GradPoint);

    /// <summary>Tiles of the block.</summary>
    public readonly int Count => Tiles.TileOf(End) - Tiles.TileOf(Unit);

    /// <summary>Channels of <see cref="Inputs"/>.</summary>
    public readonly int InputChannels => WinogradForm<F>.Channels<V>(Input.Channels);

    /// <summary>Distance of two tiles of <see cref="Inputs"/>.</summary>
    public readonly nint InputPitch => WinogradSource.Pitch(InputChannels);

    /// <summary>Distance of two tiles of <see cref="Grads"/>.</summary>
    public readonly nint GradPitch => WinogradSource.Pitch(Grad.Channels);

    private readonly nint InputPoint => WinogradSource.Point(MostTiles * InputPitch);

    private readonly nint GradPoint => WinogradSource.Point(MostTiles * GradPitch);

    private readonly int MostTiles => Tiles.TileOf(Math.Min(BlockUnits, Tiles.Units));

    private readonly int End => Math.Min(Unit + BlockUnits, Tiles.Units);

    private readonly int ChunkUnits => Tiles.UnitsPerChunk;

    /// <summary>x at a point: [tile][channel].</summary>
    public readonly float* Inputs(int point) => _inputs + (point * InputPoint);

    /// <summary>∂y at a point: [tile][channel].</summary>
    public readonly float* Grads(int point) => _grads + (point * GradPoint);

    /// <summary>Takes the block's tiles to the points.</summary>
    public void Map() =>
        WorkerTeam.For(2 * ((End - Unit + ChunkUnits - 1) / ChunkUnits), ref this);

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var tiles = Tiles;
        var unit = Unit + (chunk / 2 * ChunkUnits);
        var end = Math.Min(unit + ChunkUnits, End);
        nint at = tiles.TileOf(unit) - tiles.TileOf(Unit);
        using var patch = Scratch.Rent<float>(
            WinogradSource.PatchSize<WinogradInputLine<F>>(in tiles, V.Count));
        if (chunk % 2 == 0)
        {
            Input.Transform<V, WinogradInputLine<F>>(
                in tiles, unit, end, (float*)patch.Pointer, _inputs + (at * InputPitch),
                InputPoint);
        }
        else
        {
            Grad.Transform<V, WinogradOutputGradLine<F>>(
                in tiles, unit, end, (float*)patch.Pointer, _grads + (at * GradPitch), GradPoint);
        }
    }
}
