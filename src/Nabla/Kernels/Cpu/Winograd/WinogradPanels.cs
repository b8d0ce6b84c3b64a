namespace Nabla.Kernels.Cpu;

/// <summary>
/// <see cref="WinogradForward{V, F}"/> for few tiles of many channels, whose weights at the points
/// would be larger than all images: the tiles are taken to the points first, then a chunk takes a
/// panel of target channels through the rest, and maps its weights on the way, a block of source
/// channels at a time, so that they never leave its cache.
/// </summary>
internal unsafe struct WinogradPanels<V, F>
    where V : unmanaged, IConvVector<V>
    where F : struct, IWinogradForm
{
    /// <summary>Tiles to aim at in a chunk of the first step.</summary>
    private const int WantedTiles = 14;

    /// <summary>Tiles under work at a time: their products at the points stay in a cache.
    /// </summary>
    private const int MaxTiles = 128;

    /// <summary>Source channels whose weights are mapped at a time: with the products they fill
    /// half of a second-level cache.</summary>
    private const int BlockChannels = 64;

    private WinogradTiles _tiles;
    private WinogradFilter _filter;
    private WinogradSource _source;
    private WinogradTarget _target;
    private int _channels;
    private float* _sources;
    private nint _sourcePoint;
    private int _unit;
    private int _unitEnd;

    public static void Run(
        int images, in WinogradFilter filter, in WinogradSource source, in WinogradTarget target)
    {
        var tiles = new WinogradTiles(images, target.Height, target.Width, WantedTiles, F.Tile);
        var chunks = Math.Min(Math.Max(1, MaxTiles / tiles.ChunkTiles), tiles.Chunks);
        var units = chunks * tiles.UnitsPerChunk;
        var point = WinogradSource.Point(
            tiles.TileOf(Math.Min(units, tiles.Units))
                * WinogradSource.Pitch(WinogradForm<F>.Channels<V>(source.Channels)));
        using var lease = Scratch.Rent<float>(WinogradForm<F>.Products * point);
        var step = new WinogradPanels<V, F>
        {
            _tiles = tiles,
            _filter = filter,
            _source = source,
            _target = target,
            _channels = WinogradForm<F>.Channels<V>(source.Channels),
            _sources = (float*)lease.Pointer,
            _sourcePoint = point,
        };
        for (var unit = 0; unit < tiles.Units; unit += units)
        {
            step._unit = unit;
            step._unitEnd = Math.Min(unit + units, tiles.Units);
            var map = new MapBody { Step = step };
            WorkerTeam.For(map.Chunks, ref map);
            var panels = new PanelBody { Step = step };
            WorkerTeam.For(filter.Panels<V, F>(), ref panels);
        }
    }

    /// <summary>Takes some tiles to the points.</summary>
    private struct MapBody : IChunkBody
    {
        public WinogradPanels<V, F> Step;

        public readonly int Chunks =>
            (Step._unitEnd - Step._unit + Step._tiles.UnitsPerChunk - 1)
            / Step._tiles.UnitsPerChunk;

        public readonly void Run(int chunk)
        {
            ref readonly var tiles = ref Step._tiles;
            var unit = Step._unit + (chunk * tiles.UnitsPerChunk);
            var end = Math.Min(unit + tiles.UnitsPerChunk, Step._unitEnd);
            nint at = tiles.TileOf(unit) - tiles.TileOf(Step._unit);
            using var patch = Scratch.Rent<float>(
                WinogradSource.PatchSize<WinogradInputLine<F>>(in tiles, V.Count));
            Step._source.Transform<V, WinogradInputLine<F>>(
                in tiles, unit, end, (float*)patch.Pointer,
                Step._sources + (at * WinogradSource.Pitch(Step._channels)),
                Step._sourcePoint);
        }
    }

    /// <summary>Makes a panel of target channels of all tiles under work.</summary>
    private struct PanelBody : IChunkBody
    {
        public WinogradPanels<V, F> Step;

        public readonly void Run(int chunk)
        {
            var panel = WinogradFilter.Panel<V>();
            var count = Step._tiles.TileOf(Step._unitEnd) - Step._tiles.TileOf(Step._unit);
            nint pitch = panel + 16;
            var point = WinogradSource.Point(count * pitch);

            var weightPoint = WinogradSource.Point(BlockChannels * (nint)panel);
            using var weightLease = Scratch.Rent<float>(WinogradForm<F>.Products * weightPoint);
            using var productLease = Scratch.Rent<float>(WinogradForm<F>.Products * point);
            using var patch = Scratch.Rent<float>(
                WinogradTarget.PatchSize(in Step._tiles, V.Count));
            var weights = (float*)weightLease.Pointer;
            var products = (float*)productLease.Pointer;
            var sourcePitch = WinogradSource.Pitch(Step._channels);
            var channels = Step._channels;
            var phase = chunk
                / (Step._filter.Panels<V, F>() / WinogradForm<F>.TargetPhases);
            Step._filter.Fetch<V, F>(chunk, 0, Math.Min(BlockChannels, channels), 0, 1);
            for (var first = 0; first < channels; first += BlockChannels)
            {
                var end = Math.Min(first + BlockChannels, channels);
                var next = Math.Min(end + BlockChannels, channels);
                Step._filter.Transform<V, F>(chunk, first, end, weights, weightPoint);
                for (var i = 0; i < WinogradForm<F>.Products; i++)
                {
                    Step._filter.Fetch<V, F>(chunk, end, next, i, WinogradForm<F>.Products);
                    if (WinogradForm<F>.IsZero(phase, i))
                    {
                        if (first == 0)
                        {
                            WinogradProduct.Clear(count, panel, products + (i * point), pitch);
                        }

                        continue;
                    }

                    WinogradProduct.Run<V>(
                        count, end - first, Step._sources + (i * Step._sourcePoint) + first,
                        sourcePitch, weights + (i * weightPoint), panel, products + (i * point),
                        pitch, accumulate: first > 0, columnMajor: false);
                }
            }

            var channel = chunk * panel;
            Step._target.Transform<V, F>(
                in Step._tiles, Step._unit, Step._unitEnd, channel,
                Math.Min(channel + panel, Step._target.Channels), (float*)patch.Pointer, products,
                pitch, point);
        }
    }
}
