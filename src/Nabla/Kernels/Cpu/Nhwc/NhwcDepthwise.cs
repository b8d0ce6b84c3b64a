using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The channels-last convolution of each channel by itself. A chunk takes some rows of outputs, one
/// register of channels after another: its 3 × 3 weights stay in registers, and the lines that it
/// reads, one a pixel, in the first-level cache from row to row.
/// </summary>
internal unsafe struct NhwcDepthwise<V> : IChunkBody where V : unmanaged, IF32Lanes<V>
{
    /// <summary>Multiply-adds of a chunk: some 10 µs.</summary>
    private const int ChunkWork = 300_000;

    /// <summary>Lines of the source that stay in the first-level cache.</summary>
    private const int CacheLines = 512;

    private Conv2dShape _s;
    private ConvEpilogue _epilogue;
    private int _rowsPerChunk;
    private float* _source;
    private float* _packed;
    private float* _target;

    /// <summary>Channels rounded up to whole registers.</summary>
    public static nint Pitch(int channels) => (channels + V.Count - 1) / V.Count * V.Count;

    /// <summary>Numbers that packed weights and biases take.</summary>
    public static nint Size(in Conv2dShape s) => Pitch(s.C) * ((s.R * s.S) + 1);

    /// <summary>Packs weights (C, 1, R, S) as [tap][channel], then the bias (C), or zeros.
    /// </summary>
    public static void Pack(in Conv2dShape s, float* weights, float* bias, float* packed)
    {
        var (taps, pitch) = (s.R * s.S, Pitch(s.C));
        new Span<float>(packed, checked((int)Size(in s))).Clear();
        for (var c = 0; c < s.C; c++)
        {
            for (var tap = 0; tap < taps; tap++)
            {
                packed[(tap * pitch) + c] = *weights++;
            }

            packed[(taps * pitch) + c] = bias == null ? 0 : bias[c];
        }
    }

    /// <summary>y (N, OutH, OutW, C) from x (N, H, W, C).</summary>
    public static void Run(
        in Conv2dShape s, float* x, float* packed, float* y, in ConvEpilogue epilogue)
    {
        var work = s.OutW * (long)s.C * s.R * s.S;
        var rows = s.N * s.OutH;
        if (rows == 0 || work == 0)
        {
            return;
        }

        var body = new NhwcDepthwise<V>
        {
            _s = s,
            _epilogue = epilogue,
            _rowsPerChunk = RowsPerChunk(in s, rows, work),
            _source = x,
            _packed = packed,
            _target = y,
        };
        WorkerTeam.For((rows + body._rowsPerChunk - 1) / body._rowsPerChunk, ref body);
    }

    /// <summary>Enough rows to read each only once, as far as they stay in the cache.</summary>
    private static int RowsPerChunk(in Conv2dShape s, int rows, long work)
    {
        var cached = Math.Max(1, ((CacheLines / s.W) - s.R + s.StrideH) / s.StrideH);
        return (int)Math.Clamp(ChunkWork / work, 1, Math.Min(rows, cached));
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var end = Math.Min((chunk + 1) * _rowsPerChunk, _s.N * _s.OutH);
        var isThree = _s is { R: 3, S: 3, DilationH: 1, DilationW: 1 };

        // Rows outside of the image are rows of zeros.
        nint line = _s.W * (nint)_s.C;
        using var lease = Scratch.Rent<float>(isThree && _s.PadH > 0 ? line : 0);
        var zeros = (float*)lease.Pointer;
        if (isThree && _s.PadH > 0)
        {
            new Span<float>(zeros, checked((int)line)).Clear();
        }

        // Where all columns lie inside.
        var first = Math.Min((_s.PadW + _s.StrideW - 1) / _s.StrideW, _s.OutW);
        var last = Math.Clamp(((_s.W - 3 + _s.PadW) / _s.StrideW) + 1, first, _s.OutW);
        for (nint c = 0; c < _s.C; c += V.Count)
        {
            var isFast = isThree && c + V.Count <= _s.C;
            for (var row = chunk * _rowsPerChunk; row < end; row++)
            {
                var (image, top) = (row / _s.OutH, (row % _s.OutH * _s.StrideH) - _s.PadH);
                var source = _source + (image * (nint)_s.H * line);
                if (isFast)
                {
                    Three(
                        Line(source, top, zeros), Line(source, top + 1, zeros),
                        Line(source, top + 2, zeros), row, first, last - first, c);
                }

                Any(source, top, row, 0, isFast ? first : 0, c);
                Any(source, top, row, isFast ? last : 0, _s.OutW, c);
            }
        }
    }

    private readonly float* Line(float* source, int row, float* zeros) =>
        row < 0 || row >= _s.H ? zeros : source + (row * (nint)_s.W * _s.C);

    /// <summary>Outputs of a row whose 3 × 3 taps all lie inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Three(
        float* x0, float* x1, float* x2, int row, int first, int count, nint c)
    {
        nint channels = _s.C;
        var pitch = Pitch(_s.C);
        var w = _packed + c;
        var (w00, w01, w02) = (V.Load(w), V.Load(w + pitch), V.Load(w + (2 * pitch)));
        w += 3 * pitch;
        var (w10, w11, w12) = (V.Load(w), V.Load(w + pitch), V.Load(w + (2 * pitch)));
        w += 3 * pitch;
        var (w20, w21, w22) = (V.Load(w), V.Load(w + pitch), V.Load(w + (2 * pitch)));
        var bias = V.Load(w + (3 * pitch));
        var (least, greatest) = _epilogue.Bounds;
        var (min, max) = (V.Broadcast(least), V.Broadcast(greatest));
        var step = _s.StrideW * channels;
        var from = (((nint)first * _s.StrideW) - _s.PadW) * channels;
        x0 += from + c;
        x1 += from + c;
        x2 += from + c;
        var at = (((row * (nint)_s.OutW) + first) * channels) + c;
        var y = _target + at;
        var residual = _epilogue.Residual == null ? null : _epilogue.Residual + at;
        for (var j = 0; j < count; j++)
        {
            var sum = V.Fma(V.Load(x0), w00, bias);
            sum = V.Fma(V.Load(x0 + channels), w01, sum);
            sum = V.Fma(V.Load(x0 + (2 * channels)), w02, sum);
            sum = V.Fma(V.Load(x1), w10, sum);
            sum = V.Fma(V.Load(x1 + channels), w11, sum);
            sum = V.Fma(V.Load(x1 + (2 * channels)), w12, sum);
            sum = V.Fma(V.Load(x2), w20, sum);
            sum = V.Fma(V.Load(x2 + channels), w21, sum);
            sum = V.Fma(V.Load(x2 + (2 * channels)), w22, sum);
            if (residual != null)
            {
                sum += V.Load(residual);
                residual += channels;
            }

            V.Store(ConvEpilogue.Clamp(sum, min, max), y);
            x0 += step;
            x1 += step;
            x2 += step;
            y += channels;
        }
    }

    /// <summary>Outputs of a row by any window, tap by tap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Any(float* source, int top, int row, int first, int end, nint c)
    {
        nint channels = _s.C;
        var pitch = Pitch(_s.C);
        var bias = V.Load(_packed + (_s.R * _s.S * pitch) + c);
        var (min, max) = _epilogue.Bounds;
        for (var j = first; j < end; j++)
        {
            var left = (j * _s.StrideW) - _s.PadW;
            var sum = bias;
            for (var r = 0; r < _s.R; r++)
            {
                var i = top + (r * _s.DilationH);
                for (var s = 0; s < _s.S && i >= 0 && i < _s.H; s++)
                {
                    var k = left + (s * _s.DilationW);
                    if (k >= 0 && k < _s.W)
                    {
                        var x = source + (((i * (nint)_s.W) + k) * channels) + c;
                        sum = V.Fma(
                            NhwcLanes.Load<V>(x, channels - c),
                            V.Load(_packed + (((r * _s.S) + s) * pitch) + c), sum);
                    }
                }
            }

            var at = (((row * (nint)_s.OutW) + j) * channels) + c;
            if (_epilogue.Residual != null)
            {
                sum += NhwcLanes.Load<V>(_epilogue.Residual + at, channels - c);
            }

            NhwcLanes.Store(
                ConvEpilogue.Clamp(sum, V.Broadcast(min), V.Broadcast(max)), _target + at,
                channels - c);
        }
    }
}
