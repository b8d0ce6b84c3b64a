namespace Nabla.Training;

/// <summary>The loss or a gradient became infinite or no number; the step was not taken.</summary>
/// <param name="step">The step, from 1.</param>
/// <param name="message">Where, and what made it.</param>
public sealed class DivergedException(long step, string message) : ArithmeticException(message)
{
    /// <summary>The step, from 1.</summary>
    public long Step { get; } = step;
}
