namespace Nabla.Kernels.Cpu;

/// <summary>
/// A transposed convolution that is an ordinary one: with stride 1 by the kernel turned round, or
/// of a single pixel, whose output's pixels are then channels.
/// </summary>
internal readonly unsafe struct NhwcTurned
{
    private readonly Conv2dShape _s;
    private readonly bool _isPixel;

    private NhwcTurned(in Conv2dShape s, bool isPixel)
    {
        (_s, _isPixel) = (s, isPixel);
        Shape = isPixel
            ? new(s.N, s.K, 1, 1, s.H * s.W * s.C, 1, 1, 1, 1, 0, 0, 1, 1, 1)
            : new(
                s.N, s.K, s.OutH, s.OutW, s.C, s.R, s.S, 1, 1,
                (s.DilationH * (s.R - 1)) - s.PadH, (s.DilationW * (s.S - 1)) - s.PadW,
                s.DilationH, s.DilationW, s.Groups);
    }

    /// <summary>The ordinary convolution's sizes.</summary>
    public Conv2dShape Shape { get; }

    /// <summary>What to compute instead of a transposed convolution, or null.</summary>
    public static NhwcTurned? Of(in Conv2dShape s)
    {
        // Each pixel of the output has a tap of its own, if none lies between or beyond them.
        var isPixel = s is { OutH: 1, OutW: 1, Groups: 1 }
            && (s.DilationH == 1 || s.R == 1) && (s.DilationW == 1 || s.S == 1)
            && s.PadH + s.H <= s.R && s.PadW + s.W <= s.S
            && (long)s.H * s.W * s.C <= int.MaxValue;
        var isPlain = s is { StrideH: 1, StrideW: 1 }
            && s.PadH <= s.DilationH * (s.R - 1) && s.PadW <= s.DilationW * (s.S - 1);
        return isPixel || isPlain ? new(in s, isPixel) : null;
    }

    /// <summary>Packs weights (K, C/Groups, R, S) and a bias (C), or null for zeros, for
    /// <see cref="NhwcConv"/>.</summary>
    public void Pack<V>(float* weights, float* bias, float* packed)
        where V : unmanaged, IF32Lanes<V>
    {
        using var turned = Scratch.Rent<float>((nint)_s.WeightCount);
        using var biases = Scratch.Rent<float>(Shape.K);
        if (_isPixel)
        {
            TakePixels(weights, (float*)turned.Pointer);
        }
        else
        {
            Turn(weights, (float*)turned.Pointer);
        }

        for (var k = 0; bias != null && k < Shape.K; k++)
        {
            ((float*)biases.Pointer)[k] = bias[k % _s.C];
        }

        NhwcConv.Pack<V>(
            Shape, (float*)turned.Pointer, bias == null ? null : (float*)biases.Pointer, packed);
    }

    /// <summary>(C, K/Groups, R, S), each kernel from its end to its start.</summary>
    private void Turn(float* weights, float* to)
    {
        var (sources, targets) = (_s.K / _s.Groups, _s.C / _s.Groups);
        var taps = (nint)_s.R * _s.S;
        for (var k = 0; k < _s.C; k++)
        {
            for (var c = 0; c < sources; c++)
            {
                var from = weights
                    + (((((k / targets * sources) + c) * (nint)targets) + (k % targets)) * taps);
                for (var tap = taps - 1; tap >= 0; tap--)
                {
                    *to++ = from[tap];
                }
            }
        }
    }

    /// <summary>(H·W·C, K): the tap that each number of the output sees.</summary>
    private void TakePixels(float* weights, float* to)
    {
        for (var p = 0; p < _s.H * _s.W; p++)
        {
            var tap = ((_s.PadH + (p / _s.W)) * (nint)_s.S) + _s.PadW + (p % _s.W);
            for (var k = 0; k < _s.C; k++)
            {
                for (var c = 0; c < _s.K; c++)
                {
                    *to++ = weights[(((c * (nint)_s.C) + k) * _s.R * _s.S) + tap];
                }
            }
        }
    }
}
