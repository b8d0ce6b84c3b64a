namespace Nabla.Kernels.Cpu;

/// <summary>
/// A convolution, or the gradient with respect to its input, as sums over taps: per group,
/// target[row] = Σ over (r, s, channel) of weight · source[channel] shifted by the tap's offset.
/// </summary>
internal readonly unsafe struct ConvPlan
{
    public required ConvAxis H { get; init; }

    public required ConvAxis W { get; init; }

    public required int Groups { get; init; }

    /// <summary>Source channels of a group.</summary>
    public required int Channels { get; init; }

    /// <summary>Target channels of a group.</summary>
    public required int Rows { get; init; }

    /// <summary>Distance in the weights from one target channel to the next.</summary>
    public required nint WeightRow { get; init; }

    /// <summary>Distance in the weights from one source channel to the next.</summary>
    public required nint WeightChannel { get; init; }

    public int SourcePhases => H.SourceStep * W.SourceStep;

    public int TargetPhases => H.TargetStep * W.TargetStep;

    public int PlaneSize => H.Plane * W.Plane;

    public int SourceSize => H.Source * W.Source;

    public int TargetSize => H.Target * W.Target;

    /// <summary>
    /// Pixels from the first target to the last when rows are as wide as the source's planes.
    /// </summary>
    public int JoinedRun => ((H.Target - 1) * W.Plane) + W.Target;

    /// <summary>Taps of a target element, all phases together.</summary>
    public int AllTaps => Channels * H.Taps * W.Taps;

    /// <summary>Elements of a group's padded planes for one image.</summary>
    public nint PlanesSize => (nint)SourcePhases * Channels * PlaneSize;

    public static ConvPlan Forward(in Conv2dShape s) => new()
    {
        H = ConvAxis.Forward(s.H, s.OutH, s.R, s.StrideH, s.PadH, s.DilationH),
        W = ConvAxis.Forward(s.W, s.OutW, s.S, s.StrideW, s.PadW, s.DilationW),
        Groups = s.Groups,
        Channels = s.C / s.Groups,
        Rows = s.K / s.Groups,
        WeightRow = (nint)(s.C / s.Groups) * s.R * s.S,
        WeightChannel = (nint)s.R * s.S,
    };

    public static ConvPlan Backward(in Conv2dShape s) => new()
    {
        H = ConvAxis.Backward(s.H, s.OutH, s.R, s.StrideH, s.PadH, s.DilationH),
        W = ConvAxis.Backward(s.W, s.OutW, s.S, s.StrideW, s.PadW, s.DilationW),
        Groups = s.Groups,
        Channels = s.K / s.Groups,
        Rows = s.C / s.Groups,
        WeightRow = (nint)s.R * s.S,
        WeightChannel = (nint)(s.C / s.Groups) * s.R * s.S,
    };

    /// <summary>
    /// Writes the offsets of a target phase's taps, in the order r, s, channel, in units of
    /// <paramref name="lanes"/> numbers, and returns how many there are.
    /// </summary>
    public int WriteOffsets(int phaseH, int phaseW, int lanes, nint* offsets)
    {
        var count = 0;
        for (var r = 0; r < H.Taps; r++)
        {
            for (var s = 0; s < W.Taps; s++)
            {
                if (!H.HasTap(phaseH, r) || !W.HasTap(phaseW, s))
                {
                    continue;
                }

                var plane = ((H.Phase(r) * W.SourceStep) + W.Phase(s)) * (nint)Channels;
                var at = (H.Shift(phaseH, r) * (nint)W.Plane) + W.Shift(phaseW, s);
                for (var c = 0; c < Channels; c++)
                {
                    offsets[count++] = (((plane + c) * PlaneSize) + at) * lanes;
                }
            }
        }

        return count;
    }

    /// <summary>
    /// Writes the weights of target channels row … row + rows − 1 tap by tap: packed[tap·rows + i],
    /// in the order of <see cref="WriteOffsets"/>.
    /// </summary>
    public void PackWeights(
        int phaseH, int phaseW, int group, int row, int rows, float* weights, float* packed)
    {
        // Some channels at a time, so that the weights around them are read from memory once.
        const int block = 16;
        weights += (group * (nint)Rows * AllTaps) + (row * WeightRow);
        for (var first = 0; first < Channels; first += block)
        {
            var end = Math.Min(first + block, Channels);
            var to = packed + (first * rows);
            for (var r = 0; r < H.Taps; r++)
            {
                for (var s = 0; s < W.Taps; s++)
                {
                    if (!H.HasTap(phaseH, r) || !W.HasTap(phaseW, s))
                    {
                        continue;
                    }

                    var from = weights + (first * WeightChannel) + (r * W.Taps) + s;
                    for (var c = first; c < end; c++, from += WeightChannel)
                    {
                        for (var i = 0; i < rows; i++)
                        {
                            *to++ = from[i * WeightRow];
                        }
                    }

                    to += (Channels - end + first) * (nint)rows;
                }
            }
        }
    }
}
