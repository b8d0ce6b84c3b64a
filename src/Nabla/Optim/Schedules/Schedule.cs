namespace Nabla.Optim.Schedules;

/// <summary>How the learning rate goes: a factor on the optimizer's own rate, a pure function of
/// the step, so that a run can go on anywhere.</summary>
public abstract class Schedule
{
    /// <summary>The factor for a step.</summary>
    /// <param name="step">The step, from 0, counted over all epochs.</param>
    /// <param name="run">How long the run is.</param>
    public abstract double Factor(long step, in RunLength run);
}

/// <summary>How long a run is.</summary>
/// <param name="epochs">Its epochs.</param>
/// <param name="stepsPerEpoch">Steps in each.</param>
public readonly struct RunLength(int epochs, int stepsPerEpoch)
{
    /// <summary>Its epochs.</summary>
    public int Epochs => epochs;

    /// <summary>Steps in each.</summary>
    public int StepsPerEpoch => stepsPerEpoch;

    /// <summary>All its steps.</summary>
    public long Steps => (long)Epochs * StepsPerEpoch;
}
