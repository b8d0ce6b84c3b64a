namespace Nabla.Kernels.Cpu;

/// <summary>
/// A convolution with stride 1, or its transpose, in tiles of outputs:
/// Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A, the sum over channels a product of matrices at each
/// point. A chunk takes some tiles through all three stages, so that they stay in its caches.
/// </summary>
internal unsafe struct WinogradForward<V, F> : IChunkBody
    where V : unmanaged, IConvVector<V>
    where F : struct, IWinogradForm
{
    /// <summary>Tiles to aim at in a chunk: two of the product's tiles, which share a panel of
    /// weights.</summary>
    private const int WantedTiles = 28;

    /// <summary>Numbers of the products of a chunk that stay in the second-level cache.</summary>
    private const int MaxProducts = 128 << 10;

    private WinogradTiles _tiles;
    private WinogradSource _source;
    private WinogradTarget _target;
    private float* _weights;
    private nint _weightPoint;
    private int _channels;
    private int _panels;
    private int _panelsPerBlock;
    private nint _sourcePoint;
    private nint _targetPitch;
    private nint _targetPoint;

    public static void Run(
        int images, in WinogradFilter filter, in WinogradSource source, in WinogradTarget target)
    {
        var panel = WinogradFilter.Panel<V>();
        var panels = filter.Panels<V, F>();
        using var lease = Scratch.Rent<float>(
            panels * WinogradForm<F>.Products * filter.Point<V, F>());
        var pack = new WinogradFilterBody<V, F> { Filter = filter, Target = (float*)lease.Pointer };
        WorkerTeam.For(pack.Chunks, ref pack);

        var channels = WinogradForm<F>.Channels<V>(filter.Channels);
        var tiles = new WinogradTiles(
            images, target.Height, target.Width, WantedTiles / F.Stride, F.Tile);
        var block = Math.Clamp(
            MaxProducts / (WinogradForm<F>.Products * tiles.ChunkTiles * panel), 1, panels);
        var body = new WinogradForward<V, F>
        {
            _tiles = tiles,
            _source = source,
            _target = target,
            _weights = pack.Target,
            _weightPoint = filter.Point<V, F>(),
            _channels = channels,
            _panels = panels,
            _panelsPerBlock = block,
            _sourcePoint = WinogradSource.Point(
                tiles.ChunkTiles * WinogradSource.Pitch(channels)),
            _targetPitch = WinogradSource.Pitch(block * panel),
            _targetPoint = WinogradSource.Point(
                tiles.ChunkTiles * WinogradSource.Pitch(block * panel)),
        };
        WorkerTeam.For(tiles.Chunks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var unit = chunk * _tiles.UnitsPerChunk;
        var end = Math.Min(unit + _tiles.UnitsPerChunk, _tiles.Units);
        var patchSize = Math.Max(
            WinogradSource.PatchSize<WinogradInputLine<F>>(in _tiles, V.Count),
            WinogradTarget.PatchSize(in _tiles, V.Count));
        using var patch = Scratch.Rent<float>(patchSize);
        using var sources = Scratch.Rent<float>(WinogradForm<F>.Products * _sourcePoint);
        using var products = Scratch.Rent<float>(WinogradForm<F>.Products * _targetPoint);
        var from = (float*)sources.Pointer;
        var to = (float*)products.Pointer;
        _source.Transform<V, WinogradInputLine<F>>(
            in _tiles, unit, end, (float*)patch.Pointer, from, _sourcePoint);

        var count = _tiles.TileOf(end) - _tiles.TileOf(unit);
        var panel = WinogradFilter.Panel<V>();
        for (var first = 0; first < _panels; first += _panelsPerBlock)
        {
            var last = Math.Min(first + _panelsPerBlock, _panels);
            Multiply(count, first, last, from, to);
            _target.Transform<V, F>(
                in _tiles, unit, end, first * panel, Math.Min(last * panel, _target.Channels),
                (float*)patch.Pointer, to, _targetPitch, _targetPoint);
        }
    }

    private readonly void Multiply(int count, int first, int last, float* from, float* to)
    {
        var panel = WinogradFilter.Panel<V>();
        var pitch = WinogradSource.Pitch(_channels);
        for (var point = 0; point < WinogradForm<F>.Products; point++)
        {
            for (var p = first; p < last; p++)
            {
                var target = to + (point * _targetPoint) + ((p - first) * (nint)panel);
                if (WinogradForm<F>.IsZero(p / (_panels / WinogradForm<F>.TargetPhases), point))
                {
                    WinogradProduct.Clear(count, panel, target, _targetPitch);
                    continue;
                }

                WinogradProduct.Run<V>(
                    count, _channels, from + (point * _sourcePoint), pitch,
                    _weights + (((p * WinogradForm<F>.Products) + point) * _weightPoint), panel,
                    target, _targetPitch, accumulate: false, columnMajor: false);
            }
        }
    }
}
