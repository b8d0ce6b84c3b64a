namespace Nabla.Optim.Schedules;

/// <summary>The same learning rate throughout, <c>f(t) = 1</c>, after an optional linear warm-up,
/// <c>f(t) = (t + 1) / w</c> for t &lt; w. Source: Goyal et al. (2017), arXiv:1706.02677, section
/// 2.2.</summary>
/// <param name="warmUp">w, in epochs; it may be a fraction.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative warm-up.</exception>
[RegisteredName("constant")]
public sealed class ConstantSchedule(double warmUp = 0) : Schedule
{
    private readonly WarmUp _warmUp = new(warmUp);

    /// <inheritdoc/>
    public override double Factor(long step, in RunLength run) => _warmUp.Factor(step, run);
}
