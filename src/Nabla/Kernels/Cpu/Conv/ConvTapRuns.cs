namespace Nabla.Kernels.Cpu;

/// <summary>
/// For each tap the pixels of the input that it reads and the outputs they count for, as runs of
/// images: those of neighbours are joined where both lie side by side.
/// </summary>
internal readonly unsafe struct ConvTapRuns
{
    private readonly NhwcRun* _runs;
    private readonly int* _counts;
    private readonly int _room;

    /// <summary>Writes the tables into memory that stays the caller's.</summary>
    /// <param name="plan">The forward geometry.</param>
    /// <param name="pixels">The input's pixels.</param>
    /// <param name="images">Images of a pixel.</param>
    /// <param name="panel">Numbers that an image of an output takes.</param>
    /// <param name="runs">Room for <see cref="Room"/> runs.</param>
    /// <param name="counts">Room for a number a tap.</param>
    public ConvTapRuns(
        in ConvPlan plan, in ConvPixels pixels, int images, int panel, NhwcRun* runs, int* counts)
    {
        _runs = runs;
        _counts = counts;
        _room = plan.TargetSize;
        for (var tap = 0; tap < plan.H.Taps * plan.W.Taps; tap++, runs += _room)
        {
            var count = 0;
            for (var target = 0; target < plan.TargetSize; target++)
            {
                var slot = pixels.Slot(
                    target / plan.W.Target, target % plan.W.Target, tap / plan.W.Taps,
                    tap % plan.W.Taps);
                if (slot < 0)
                {
                    continue;
                }

                var run = new NhwcRun(slot * (nint)images, target * (nint)images * panel, images);
                var last = count > 0 ? runs[count - 1] : default;
                if (count > 0 && last.Source + last.Length == run.Source
                    && last.Weights + (last.Length * panel) == run.Weights)
                {
                    runs[count - 1] = last with { Length = last.Length + images };
                }
                else
                {
                    runs[count++] = run;
                }
            }

            counts[tap] = count;
        }
    }

    /// <summary>Runs that the tables take.</summary>
    public static nint Room(in ConvPlan plan) => plan.H.Taps * plan.W.Taps * (nint)plan.TargetSize;

    /// <summary>The first run of a tap.</summary>
    public NhwcRun* First(int tap) => _runs + (tap * (nint)_room);

    /// <summary>How many runs a tap has; 0 when it reads only padding.</summary>
    public int Count(int tap) => _counts[tap];
}
