using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The channels-last transposed convolution by products first: a chunk multiplies the pixels of a
/// band with all taps of some output channels, then each output adds up what reaches it. The
/// products are those of one matrix, without an edge and without a lane lost to few channels.
/// </summary>
internal unsafe struct NhwcProducts<V> : IChunkBody where V : unmanaged, IF32Lanes<V>
{
    private Conv2dShape _s;
    private NhwcProductsPlan _plan;
    private ConvEpilogue _epilogue;
    private float* _source;
    private float* _packed;
    private float* _target;
    private NhwcPhase* _rows;
    private NhwcPhase* _columns;

    /// <summary>Channels of a block.</summary>
    private static int Width => NhwcTiles.Panel<V>();

    /// <summary>Numbers that packed weights and biases take.</summary>
    public static nint Size(in Conv2dShape s)
    {
        nint size = 0;
        for (var first = 0; first < s.C; first += Width)
        {
            size += Weights(in s, first).Size + Width;
        }

        return size;
    }

    /// <summary>Packs weights (K, C, R, S) and a bias (C), or null for zeros: each block of
    /// channels as a matrix with a row for each channel of each tap, then its bias.</summary>
    public static void Pack(in Conv2dShape s, float* weights, float* bias, float* packed)
    {
        var taps = s.R * s.S;
        using var scratch = Scratch.Rent<float>((nint)s.K * taps * Math.Min(s.C, Width));
        for (var first = 0; first < s.C; first += Width)
        {
            var to = (float*)scratch.Pointer;
            var channels = Math.Min(Width, s.C - first);
            for (var tap = 0; tap < taps; tap++)
            {
                for (var k = first; k < first + channels; k++)
                {
                    for (var c = 0; c < s.K; c++)
                    {
                        *to++ = weights[(((c * (nint)s.C) + k) * taps) + tap];
                    }
                }
            }

            var block = Weights(in s, first);
            block.Pack((float*)scratch.Pointer, null, packed);
            packed += block.Size;
            for (var k = 0; k < Width; k++)
            {
                *packed++ = bias == null || k >= channels ? 0 : bias[first + k];
            }
        }
    }

    /// <summary>y (N, H, W, C) from x (N, OutH, OutW, K).</summary>
    /// <param name="s">The sizes of the convolution that it transposes.</param>
    /// <param name="x">The input.</param>
    /// <param name="packed">What <see cref="Pack"/> wrote.</param>
    /// <param name="y">The output.</param>
    /// <param name="epilogue">Residual and activation; no bias.</param>
    public static void Run(
        in Conv2dShape s, float* x, float* packed, float* y, in ConvEpilogue epilogue)
    {
        if (s.N == 0 || s.C == 0)
        {
            return;
        }

        using var phases = Scratch.Rent<NhwcPhase>(s.StrideH + s.StrideW);
        var body = new NhwcProducts<V>
        {
            _s = s,
            _plan = new NhwcProductsPlan(in s, Width),
            _epilogue = epilogue,
            _source = x,
            _packed = packed,
            _target = y,
            _rows = (NhwcPhase*)phases.Pointer,
            _columns = (NhwcPhase*)phases.Pointer + s.StrideH,
        };
        for (var i = 0; i < s.StrideH; i++)
        {
            body._rows[i] = new(i, s.H, s.R, s.StrideH, s.PadH, s.DilationH);
        }

        for (var i = 0; i < s.StrideW; i++)
        {
            body._columns[i] = new(i, s.W, s.S, s.StrideW, s.PadW, s.DilationW);
        }

        WorkerTeam.For(body._plan.Chunks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var (block, group) = (chunk / _plan.Groups, chunk % _plan.Groups);
        var first = block * Width;
        var weights = Weights(in _s, first);
        var packed = _packed + (block * (Weights(in _s, 0).Size + Width));
        var channels = Math.Min(Width, _s.C - first);
        nint size = channels * (nint)_s.R * _s.S;
        var isWhole = NhwcProductRows<V>.Suits(in _s);
        var room = isWhole ? NhwcProductRows<V>.Size(in _s) : 0;
        using var scratch = Scratch.Rent<float>((_plan.Pixels * size) + V.Count);
        using var lines = Scratch.Rent<float>(room);
        using var taps = Scratch.Rent<nint>(_s.R);
        var products = (float*)scratch.Pointer;
        var bias = packed + weights.Size;
        var whole = isWhole
            ? new NhwcProductRows<V>(in _s, bias, (float*)lines.Pointer)
            : default;
        var (image, end) = _plan.Images(group);
        var (row, rowEnd) = _plan.Rows(group);
        var (top, bottom) = _plan.Sources(row, rowEnd);
        Multiply(
            in weights, packed, _source + (((image * (nint)_s.OutH) + top) * _s.OutW * _s.K),
            (end - image) * (bottom - top) * _s.OutW, products, size);
        for (; image < end; image++)
        {
            var zero = products - (top * (nint)_s.OutW * size);
            for (var p = row; p < rowEnd; p++)
            {
                var line = ((image * (nint)_s.H) + p) * _s.W;
                var count = Reaching(p, channels, zero, size, (float**)taps.Pointer);
                if (isWhole)
                {
                    whole.Write(
                        (float**)taps.Pointer, count, size, _target + (line * _s.C),
                        in _epilogue, line * _s.C);
                }
                else
                {
                    Gather(
                        line, first, channels, bias, (float**)taps.Pointer, count, size);
                }
            }

            products += (bottom - top) * (nint)_s.OutW * size;
        }
    }

    private static NhwcWeights Weights(in Conv2dShape s, int first) => NhwcWeights.Of(
        new Conv2dShape(
            1, s.K, 1, 1, s.R * s.S * Math.Min(Width, s.C - first), 1, 1, 1, 1, 0, 0, 1, 1, 1),
        Width);

    /// <summary>All products of pixels that lie side by side.</summary>
    private readonly void Multiply(
        in NhwcWeights weights, float* packed, float* source, int pixels, float* to, nint size)
    {
        var run = new NhwcRun(0, 0, _s.K);
        var tiles = (pixels + NhwcTiles.MaxRows<V>() - 1) / NhwcTiles.MaxRows<V>();
        for (var panel = 0; panel < weights.Panels; panel++)
        {
            var args = new NhwcTileArgs
            {
                Source = source,
                SourceStep = _s.K,
                Runs = &run,
                RunCount = 1,
                Weights = packed + (panel * weights.PanelSize),
                Bias = packed + weights.Biases,
                Target = to + weights.Row(panel),
                TargetStep = size,
                Columns = weights.Columns(panel),
                Min = float.NegativeInfinity,
                Max = float.PositiveInfinity,
            };

            // Meanwhile the next panel comes nearer, a part with each tile.
            args.Ahead = (byte*)(args.Weights + weights.PanelSize);
            args.AheadStep = NhwcTiles.Panel<V>() * sizeof(float) / Math.Max(1, tiles);
            NhwcTiles.RunAll<V>(pixels, &args);
        }
    }

    /// <summary>Finds the products of each row of the source that reaches a row of targets, by
    /// the row of taps through which it does.</summary>
    private readonly int Reaching(
        int row, int channels, float* products, nint size, float** rows)
    {
        var h = _rows[row % _s.StrideH];
        var (top, count) = (h.Source + (row / _s.StrideH), 0);
        for (var tap = 0; tap < h.Taps; tap++)
        {
            var y = top + (tap * h.Step);
            if (y >= 0 && y < _s.OutH)
            {
                rows[count++] = products + (y * (nint)_s.OutW * size)
                    + (h.Tap(tap) * (nint)_s.S * channels);
            }
        }

        return count;
    }

    /// <summary>The sums of a row of targets, pixel by pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gather(
        nint line, int first, int channels, float* bias, float** rows, int count, nint size)
    {
        var width = _s.OutW;
        var (least, greatest) = _epilogue.Bounds;
        var (min, max) = (V.Broadcast(least), V.Broadcast(greatest));
        for (var phase = 0; phase < _s.StrideW; phase++)
        {
            var w = _columns[phase];
            for (var i = 0; i < w.Count; i++)
            {
                var at = ((line + w.First + (i * (nint)_s.StrideW)) * _s.C) + first;
                for (nint c = 0; c < channels; c += V.Count)
                {
                    var left = channels - c;
                    var sum = V.Load(bias + c);
                    for (var r = 0; r < count; r++)
                    {
                        for (var tap = 0; tap < w.Taps; tap++)
                        {
                            var x = w.Source + i + (tap * w.Step);
                            if ((uint)x < (uint)width)
                            {
                                sum += NhwcLanes.Load<V>(
                                    rows[r] + (x * size) + (w.Tap(tap) * (nint)channels) + c,
                                    left);
                            }
                        }
                    }

                    if (_epilogue.Residual != null)
                    {
                        sum += NhwcLanes.Load<V>(_epilogue.Residual + at + c, left);
                    }

                    NhwcLanes.Store(
                        ConvEpilogue.Clamp(sum, min, max), _target + at + c, left);
                }
            }
        }
    }
}
