using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The transpose of a convolution of 4 × 4 with stride 2 and padding 1: its phases by
/// <see cref="WinogradFormTransposed"/>, then their pixels in turn.
/// </summary>
internal readonly unsafe struct WinogradTransposed : IChunkBody
{
    private readonly float* _phases;
    private readonly float* _target;
    private readonly Conv2dShape _shape;
    private readonly ConvEpilogue _epilogue;
    private readonly RowChunks _chunks;
    private readonly int _channels;

    private WinogradTransposed(
        float* phases, float* target, in Conv2dShape s, in ConvEpilogue epilogue, int channels)
    {
        _phases = phases;
        _target = target;
        _shape = s;
        _epilogue = epilogue;
        _channels = channels;
        _chunks = RowChunks.Of(s.N * (long)s.C, s.H * (long)s.W);
    }

    private static int Phases => WinogradForm<WinogradFormTransposed>.TargetPhases;

    /// <summary>y of <see cref="Conv2dKernels"/>' transposed convolution.</summary>
    /// <param name="x">(N, K, H/2, W/2).</param>
    /// <param name="w">(K, C, 4, 4).</param>
    /// <param name="y">(N, C, H, W); overwritten.</param>
    /// <param name="s">The sizes of the convolution that it transposes.</param>
    /// <param name="epilogue">Bias, residual and activation.</param>
    public static void Run(
        float* x, float* w, float* y, in Conv2dShape s, in ConvEpilogue epilogue)
    {
        if (Avx512F.IsSupported)
        {
            Run<ConvVector512>(x, w, y, in s, in epilogue);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Run<ConvVector256>(x, w, y, in s, in epilogue);
        }
        else
        {
            Run<ConvVector128>(x, w, y, in s, in epilogue);
        }
    }

    /// <inheritdoc/>
    public void Run(int chunk)
    {
        nint half = _shape.W / 2;
        var plane = _shape.H / 2 * half;
        for (var i = _chunks.Start(chunk); i < _chunks.End(chunk); i++)
        {
            var first = (nint)i * _shape.H * _shape.W;
            var to = _target + first;
            var from = _phases
                + (((i / _shape.C * Phases * _channels) + (i % _shape.C)) * (long)plane);
            for (var row = 0; row < _shape.H; row++, to += _shape.W)
            {
                var even = from + (row % 2 * 2 * (long)_channels * plane) + (row / 2 * half);
                ConvStride.Zip(even, even + ((long)_channels * plane), to, _shape.W);
            }

            if (_epilogue.HasFinish)
            {
                _epilogue.Finish(_target, first, _shape.H * (nint)_shape.W);
            }
        }
    }

    private static void Run<V>(
        float* x, float* w, float* y, in Conv2dShape s, in ConvEpilogue epilogue)
        where V : unmanaged, IConvVector<V>
    {
        var filter = new WinogradFilter
        {
            Weights = w,
            Rows = s.C,
            Channels = s.K,
            RowStep = s.R * s.S,
            ChannelStep = s.C * (nint)(s.R * s.S),
            Turned = true,
        };
        var rows = filter.Panels<V, WinogradFormTransposed>() * WinogradFilter.Panel<V>();
        using var lease = Scratch.Rent<float>((s.N * (nint)rows * s.OutH * s.OutW) + rows);
        var biases = (float*)lease.Pointer;
        var phases = biases + rows;
        var target = new WinogradTarget
        {
            Images = phases,
            Channels = rows,
            Height = s.OutH,
            Width = s.OutW,
            Epilogue = new ConvEpilogue
            {
                Bias = epilogue.Bias == null ? null : Repeat(epilogue.Bias, s.C, biases, rows),
            },
        };
        var source = Winograd.OutputGrad(x, in s, s.PadH, s.PadW);
        Winograd.Run<V, WinogradFormTransposed>(s.N, in filter, in source, in target);
        var join = new WinogradTransposed(phases, y, in s, in epilogue, rows / Phases);
        WorkerTeam.For(join._chunks.Count, ref join);
    }

    /// <summary>The bias of each phase's channels.</summary>
    private static float* Repeat(float* bias, int channels, float* to, int rows)
    {
        var all = new Span<float>(to, rows);
        all.Clear();
        for (var phase = 0; phase < Phases; phase++)
        {
            new ReadOnlySpan<float>(bias, channels).CopyTo(all[(phase * rows / Phases)..]);
        }

        return to;
    }
}
