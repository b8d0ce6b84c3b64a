using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

/// <summary>Numbers that functions of real numbers trip over; no gradient is asked there.</summary>
internal static class Special
{
    /// <summary>Infinities, zero, one and what is no number.</summary>
    public static Input Values => Inputs.Values(double.NaN, double.PositiveInfinity,
        double.NegativeInfinity, 0, 1, -1).Constant();

    /// <summary>Whole and half numbers too.</summary>
    public static Input Halves => Inputs.Values(double.NaN, double.PositiveInfinity,
        double.NegativeInfinity, 0, 0.5, 1, 1.5, 2.5, -0.5, -1, -1.5, -2.5, 1e9).Constant();
}
