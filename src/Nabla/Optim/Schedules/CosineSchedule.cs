namespace Nabla.Optim.Schedules;

/// <summary>Half a cosine from 1 to the floor: <c>f(t) = r + (1 − r)(1 + cos(πp)) / 2</c>, where p
/// goes from 0 to 1 after the warm-up. Source: Loshchilov and Hutter (2017), "SGDR: stochastic
/// gradient descent with warm restarts", equation 5.</summary>
[RegisteredName("cosine")]
public sealed class CosineSchedule : Schedule
{
    private readonly double _floor;
    private readonly WarmUp _warmUp;

    /// <summary>Makes the curve.</summary>
    /// <param name="warmUp">Epochs of a linear rise before it.</param>
    /// <param name="floor">r, the share of the learning rate that is left at the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public CosineSchedule(double warmUp = 0, double floor = 0)
    {
        if (floor is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(floor),
                $"CosineSchedule: the floor is a share from 0 to 1, but got {floor}");
        }
        (_floor, _warmUp) = (floor, new WarmUp(warmUp));
    }

    /// <inheritdoc/>
    public override double Factor(long step, in RunLength run)
    {
        var rise = _warmUp.Steps(run);
        if (step < rise)
        {
            return _warmUp.Factor(step, run);
        }
        var progress = Math.Min(1, (step - rise) / Math.Max(1.0, run.Steps - rise));
        return _floor + ((1 - _floor) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
