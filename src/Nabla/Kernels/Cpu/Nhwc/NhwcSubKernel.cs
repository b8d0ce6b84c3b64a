namespace Nabla.Kernels.Cpu;

/// <summary>
/// The part of a transposed convolution's kernel that reaches the targets of one phase of rows and
/// one of columns, packed as an ordinary kernel: its weights, then its bias.
/// </summary>
internal readonly unsafe struct NhwcSubKernel
{
    /// <param name="s">The sizes of the convolution that is transposed.</param>
    /// <param name="rows">The phase of rows.</param>
    /// <param name="columns">The phase of columns.</param>
    /// <param name="width">Channels of a panel.</param>
    public NhwcSubKernel(in Conv2dShape s, NhwcPhase rows, NhwcPhase columns, int width)
    {
        (Rows, Columns) = (rows, columns);
        Weights = NhwcWeights.Of(
            s with { C = s.K, K = s.C, R = rows.Taps, S = columns.Taps }, width);
    }

    /// <summary>Rows of targets, and what they read.</summary>
    public NhwcPhase Rows { get; }

    /// <summary>Columns of targets, and what they read.</summary>
    public NhwcPhase Columns { get; }

    /// <summary>How its weights lie.</summary>
    public NhwcWeights Weights { get; }

    /// <summary>Its weights and bias.</summary>
    public float* Packed { get; init; }

    /// <summary>Its taps.</summary>
    public NhwcRun* Runs { get; init; }

    /// <summary>Runs of taps that lie side by side.</summary>
    public int RunCount { get; init; }

    /// <summary>Packs it from weights (K, C/Groups, R, S) and a bias (C), or null for zeros.
    /// </summary>
    public void Pack(in Conv2dShape s, float* weights, float* bias, float* packed)
    {
        var (sources, targets) = (s.K / s.Groups, s.C / s.Groups);
        using var scratch = Scratch.Rent<float>((nint)s.K * targets * Rows.Taps * Columns.Taps);
        var to = (float*)scratch.Pointer;
        for (var k = 0; k < s.C; k++)
        {
            var (group, channel) = (k / targets, k % targets);
            for (var c = 0; c < sources; c++)
            {
                var from = weights
                    + (((((group * sources) + c) * (nint)targets) + channel) * s.R * s.S);
                for (var r = 0; r < Rows.Taps; r++)
                {
                    for (var q = 0; q < Columns.Taps; q++)
                    {
                        *to++ = from[(Rows.Tap(r) * (nint)s.S) + Columns.Tap(q)];
                    }
                }
            }
        }

        Weights.Pack((float*)scratch.Pointer, bias, packed);
    }
}
