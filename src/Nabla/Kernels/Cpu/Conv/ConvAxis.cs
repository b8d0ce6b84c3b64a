namespace Nabla.Kernels.Cpu;

/// <summary>
/// One axis (height or width) of a convolution, or of the gradient with respect to its input, as a
/// correlation with stride 1: target i of a target phase sums weight r times element
/// i + Shift(phase, r) of the padded source's phase Phase(r).
/// </summary>
/// <remarks>
/// A stride splits the side it applies to in phases: element j·stride + p is number j of phase p.
/// Forward, the source is split and the target is whole; backward, the other way round. So no
/// direction multiplies with inserted zeros.
/// </remarks>
internal readonly record struct ConvAxis
{
    private readonly int _dilation;
    private readonly int _pad;
    private readonly bool _backward;

    private ConvAxis(int taps, int dilation, int pad, bool backward)
    {
        Taps = taps;
        _dilation = dilation;
        _pad = pad;
        _backward = backward;
    }

    /// <summary>Weights along this axis.</summary>
    public int Taps { get; }

    /// <summary>Elements of the source.</summary>
    public int Source { get; private init; }

    /// <summary>How many phases the source is split in.</summary>
    public int SourceStep { get; private init; }

    /// <summary>Elements of one padded phase of the source.</summary>
    public int Plane { get; private init; }

    /// <summary>Elements of the target.</summary>
    public int Target { get; private init; }

    /// <summary>How many phases the target is split in.</summary>
    public int TargetStep { get; private init; }

    /// <summary>The source element, maybe outside, that comes first in phase 0.</summary>
    private int Origin { get; init; }

    public static ConvAxis Forward(int input, int output, int taps, int stride, int pad, int dil) =>
        new(taps, dil, pad, backward: false)
        {
            Source = input,
            SourceStep = stride,
            Plane = output + ((taps - 1) * dil / stride),
            Origin = -pad,
            Target = output,
            TargetStep = 1,
        };

    public static ConvAxis Backward(int input, int output, int taps, int stride, int pad, int dil)
    {
        var origin = (pad / stride) - ((taps - 1) * dil / stride);
        return new(taps, dil, pad, backward: true)
        {
            Source = output,
            SourceStep = 1,
            Plane = ((pad + input - 1) / stride) - origin + 1,
            Origin = origin,
            Target = input,
            TargetStep = stride,
        };
    }

    /// <summary>How many targets a target phase has.</summary>
    public int Count(int phase)
    {
        if (!_backward)
        {
            return Target;
        }

        var end = _pad + Target - 1 - phase;
        return end < 0 ? 0 : Math.Max(0, (end / TargetStep) - First(phase) + 1);
    }

    /// <summary>The target that is number 0 of its phase.</summary>
    public int Start(int phase) => _backward ? (First(phase) * TargetStep) + phase - _pad : 0;

    /// <summary>True when weight <paramref name="tap"/> reaches a target phase.</summary>
    public bool HasTap(int phase, int tap) => tap * _dilation % TargetStep == phase;

    /// <summary>How many weights reach a target phase.</summary>
    public int TapCount(int phase)
    {
        var count = 0;
        for (var tap = 0; tap < Taps; tap++)
        {
            count += HasTap(phase, tap) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The source phase that a weight reads.</summary>
    public int Phase(int tap) => tap * _dilation % SourceStep;

    /// <summary>What a weight adds to the target's number to find the element it reads.</summary>
    public int Shift(int phase, int tap) => _backward
        ? First(phase) - (tap * _dilation / TargetStep) - Origin
        : tap * _dilation / SourceStep;

    /// <summary>The part of a padded source phase that lies inside the source.</summary>
    public (int First, int End) Inside(int phase)
    {
        var first = Math.Max(0, CeilDiv(-Origin - phase, SourceStep));
        var end = CeilDiv(Source - Origin - phase, SourceStep);
        return (first, Math.Clamp(end, first, Math.Max(first, Plane)));
    }

    /// <summary>The source element that a weight multiplies for a target, or −1 where there is
    /// none.</summary>
    public int Read(int target, int tap)
    {
        var at = _backward
            ? target + _pad - (tap * _dilation)
            : (target * SourceStep) + (tap * _dilation) - _pad;
        return at < 0 || at % TargetStep != 0 || at / TargetStep >= Source ? -1 : at / TargetStep;
    }

    /// <summary>The source element that stands at an index of a padded source phase.</summary>
    public int SourceOf(int phase, int index) => (index * SourceStep) + phase + Origin;

    /// <summary>Where a source element stands: its phase, and its index there.</summary>
    public (int Phase, int Index) Locate(int source) =>
        ((source - Origin) % SourceStep, (source - Origin) / SourceStep);

    /// <summary>
    /// Which of a target phase's weights, counted in order, read anything but padding for target
    /// number <paramref name="index"/>; all of them when none does, so that ranges between two
    /// targets lie in the union of theirs.
    /// </summary>
    public ConvTapRange Useful(int phase, int index)
    {
        var (first, end, number) = (0, 0, 0);
        for (var tap = 0; tap < Taps; tap++)
        {
            if (HasTap(phase, tap))
            {
                var read = SourceOf(Phase(tap), index + Shift(phase, tap));
                if (read >= 0 && read < Source)
                {
                    first = end == 0 ? number : first;
                    end = number + 1;
                }

                number++;
            }
        }

        return end == 0 ? new(0, number) : new(first, end);
    }

    private static int CeilDiv(int a, int b) => a >= 0 ? (a + b - 1) / b : -(-a / b);

    /// <summary>A target phase's first number in the source's count; for backward.</summary>
    private int First(int phase) => Math.Max(0, CeilDiv(_pad - phase, TargetStep));
}
