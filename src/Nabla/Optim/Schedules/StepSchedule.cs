namespace Nabla.Optim.Schedules;

/// <summary>A staircase: <c>f(t) = γ^⌊epoch / n⌋</c>. Source: He et al. (2016), "Deep residual
/// learning for image recognition", section 3.4, divide by ten in stages.</summary>
[RegisteredName("step")]
public sealed class StepSchedule : Schedule
{
    private readonly int? _every;
    private readonly double _gamma;
    private readonly WarmUp _warmUp;

    /// <summary>Makes a staircase.</summary>
    /// <param name="every">n, epochs on each stair; without it a third of the run.</param>
    /// <param name="gamma">γ, above 0.</param>
    /// <param name="warmUp">Epochs of a linear rise before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public StepSchedule(int? every = null, double gamma = 0.1, double warmUp = 0)
    {
        if (every is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(every),
                $"StepSchedule: a stair has 1 epoch or more, but got {every}");
        }
        if (gamma is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(gamma),
                $"StepSchedule: gamma is above 0, but got {gamma}");
        }
        (_every, _gamma, _warmUp) = (every, gamma, new WarmUp(warmUp));
    }

    /// <inheritdoc/>
    public override double Factor(long step, in RunLength run)
    {
        var every = _every ?? Math.Max(1, (run.Epochs + 2) / 3);
        var epoch = step / Math.Max(1, run.StepsPerEpoch);
        return _warmUp.Factor(step, run) * Math.Pow(_gamma, epoch / every);
    }
}
