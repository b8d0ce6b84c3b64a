using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradient with respect to the weights of layers with many channels: the input's channels
/// become the lanes, pixels become what <see cref="ConvTiles"/> sum over, so that neither rows'
/// ends nor sums over lanes cost anything, and any stride runs at full speed.
/// </summary>
internal unsafe struct ConvChannelGrad<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private const int MinChunks = 16;
    private const int MaxPartials = 2 * 1024 * 1024;
    private const int SlabBytes = 512 * 1024;
    private const int PixelsPerBlock = 256;

    private ConvPlan _plan;
    private ConvSlab _slab;
    private int _unitBlocks;
    private int _rowBlocks;
    private int _rowsPerBlock;
    private float* _source;
    private float* _gradient;
    private float* _partials;

    /// <summary>True when the channels fill most lanes of two registers or more.</summary>
    public static bool Suits(in ConvPlan plan)
    {
        var vectors = (plan.Channels + V.Count - 1) / V.Count;
        return vectors >= 2 && plan.Channels >= 0.8 * vectors * V.Count;
    }

    /// <summary>Computes (K, C/Groups, R, S) from the input and the output's gradient.</summary>
    public static void Run(
        in ConvPlan plan, int images, float* source, float* gradient, float* weights)
    {
        var count = (nint)plan.Groups * plan.Rows * plan.AllTaps;
        var maxBlocks = (int)Math.Clamp(MaxPartials / count, 1, MinChunks);
        var maxImages = (images + maxBlocks - 1) / maxBlocks;
        var slab = ConvSlab.Choose<V>(in plan, images, SlabBytes, maxImages);
        using var tables = Scratch.Rent<nint>(slab.TableSize);
        slab.WriteTables((nint*)tables.Pointer);
        var body = new ConvChannelGrad<V>
        {
            _plan = plan,
            _slab = slab,
            _source = source,
            _gradient = gradient,
        };
        var chunks = body.Split(maxBlocks);
        var taps = plan.H.Taps * plan.W.Taps;
        var size = plan.Groups * (nint)plan.Rows * taps * slab.Pitch;
        using var partials = Scratch.Rent<float>(body._unitBlocks * size);
        body._partials = (float*)partials.Pointer;
        WorkerTeam.For(chunks, ref body);
        ConvChannelSums.Deliver(
            body._partials, body._unitBlocks, plan.Groups * plan.Rows, taps, plan.Channels,
            slab.Pitch, weights);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var row = chunk % _rowBlocks * _rowsPerBlock;
        var rows = Math.Min(_rowsPerBlock, _plan.Rows - row);
        chunk /= _rowBlocks;
        var group = chunk % _plan.Groups;
        var block = chunk / _plan.Groups;
        var unit = (int)((long)_slab.Units * block / _unitBlocks);
        var unitEnd = (int)((long)_slab.Units * (block + 1) / _unitBlocks);

        var taps = _plan.H.Taps * _plan.W.Taps;
        var sumsSize = rows * (nint)taps * _slab.Pitch;
        var sums = _partials + (((((block * (nint)_plan.Groups) + group) * _plan.Rows) + row)
            * taps * _slab.Pitch);
        NativeMemory.Clear(sums, (nuint)sumsSize * sizeof(float));
        using var slabLease = Scratch.Rent<float>(_slab.Size);
        using var gradientLease = Scratch.Rent<float>(_slab.Pixels * ConvTiles.MaxRows);
        var slab = (float*)slabLease.Pointer;
        for (; unit < unitEnd; unit++)
        {
            var part = _slab.Part(unit);
            NativeMemory.Clear(slab, (nuint)_slab.Size * sizeof(float));
            _slab.Pack<V>(in part, group, _source, slab);
            for (var r = 0; r < rows;)
            {
                var tileRows = ConvTiles.Rows<V>(rows - r);
                var packed = (float*)gradientLease.Pointer;
                PackGradient(in part, (group * _plan.Rows) + row + r, tileRows, packed);
                AddProducts(
                    part.Pixels, tileRows, slab, packed, sums + (r * (nint)taps * _slab.Pitch));
                r += tileRows;
            }
        }
    }

    /// <summary>Chooses the chunks, from sizes alone.</summary>
    private int Split(int maxBlocks)
    {
        _unitBlocks = Math.Min(_slab.Units, maxBlocks);
        var parts = _unitBlocks * _plan.Groups;
        var blocks = (MinChunks + parts - 1) / parts;
        var multiple = ConvTiles.RowMultiple<V>();
        var rows = (_plan.Rows + blocks - 1) / blocks;
        _rowsPerBlock = (rows + multiple - 1) / multiple * multiple;
        _rowBlocks = (_plan.Rows + _rowsPerBlock - 1) / _rowsPerBlock;
        return parts * _rowBlocks;
    }

    /// <summary>Packs rows of the gradient for the tiles: [pixel][row].</summary>
    private readonly void PackGradient(
        in ConvSlabPart part, int channel, int rows, float* packed)
    {
        var size = _plan.TargetSize;
        var count = part.Rows * _plan.W.Target;
        for (var i = 0; i < part.Images; i++, packed += count * rows)
        {
            var from = _gradient + (part.Row * (nint)_plan.W.Target)
                + ((((part.Image + i) * (nint)_plan.Groups * _plan.Rows) + channel) * size);
            switch (rows)
            {
                case 8:
                    ConvLanes.Interleave<ConvVector256>(
                        from, size, count, rows, 1, count, packed, count);
                    break;
                case 4:
                    ConvLanes.Interleave<ConvVector128>(
                        from, size, count, rows, 1, count, packed, count);
                    break;
                default:
                    Interleave(from, size, count, rows, packed);
                    break;
            }
        }

        static void Interleave(float* from, nint size, int count, int rows, float* packed)
        {
            for (var j = 0; j < count; j++)
            {
                for (var i = 0; i < rows; i++)
                {
                    *packed++ = from[(i * size) + j];
                }
            }
        }
    }

    /// <summary>
    /// Adds a slab's products to sums [row][tap][channel], some pixels at a time so that all taps
    /// find them in the first-level cache.
    /// </summary>
    private readonly void AddProducts(
        int pixels, int rows, float* slab, float* gradient, float* sums)
    {
        var zeros = stackalloc float[ConvTiles.MaxRows];
        var wide = stackalloc float[ConvTiles.MaxRows * ConvTiles.MaxVectors * V.Count];
        new Span<float>(zeros, ConvTiles.MaxRows).Clear();
        var tile = new ConvTileArgs { Segments = 1, Bias = zeros, Target = wide };
        nint sumsRow = _plan.H.Taps * _plan.W.Taps * _slab.Pitch;
        for (var pixel = 0; pixel < pixels; pixel += PixelsPerBlock)
        {
            tile.Offsets = _slab.PixelOffsets + pixel;
            tile.Weights = gradient + (pixel * (nint)rows);
            tile.Taps = Math.Min(PixelsPerBlock, pixels - pixel);
            for (var channel = 0; channel < _slab.Pitch;)
            {
                var left = (_slab.Pitch - channel) / V.Count;
                var vectors = ConvTiles.Vectors<V>(rows, left);
                var wanted = Math.Min(vectors, left);
                tile.TargetRow = vectors * V.Count;
                var to = sums + channel;
                for (var r = 0; r < _plan.H.Taps; r++)
                {
                    for (var s = 0; s < _plan.W.Taps; s++, to += _slab.Pitch)
                    {
                        tile.Source = slab + _slab.TapOffset(r, s) + channel;
                        ConvTiles.Run<V>(rows, vectors, in tile);
                        Add(wide, tile.TargetRow, rows, wanted, to, sumsRow);
                    }
                }

                channel += wanted * V.Count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        float* wide, nint wideRow, int rows, int vectors, float* sums, nint sumsRow)
    {
        var one = V.Broadcast(1);
        for (var i = 0; i < rows; i++, wide += wideRow, sums += sumsRow)
        {
            for (var j = 0; j < vectors * V.Count; j += V.Count)
            {
                V.Store(V.Fma(one, V.Load(wide + j), V.Load(sums + j)), sums + j);
            }
        }
    }
}
