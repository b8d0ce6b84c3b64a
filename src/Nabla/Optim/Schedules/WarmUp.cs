namespace Nabla.Optim.Schedules;

/// <summary>A linear rise to the full learning rate over the first steps.</summary>
internal readonly struct WarmUp
{
    private readonly double _epochs;

    public WarmUp(double epochs)
    {
        if (epochs is not (>= 0 and < int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(epochs),
                $"a warm-up takes 0 epochs or more, but got {epochs}");
        }
        _epochs = epochs;
    }

    public long Steps(in RunLength run) => (long)Math.Round(_epochs * run.StepsPerEpoch);

    public double Factor(long step, in RunLength run)
    {
        var rise = Steps(run);
        return step < rise ? (step + 1.0) / rise : 1;
    }
}
