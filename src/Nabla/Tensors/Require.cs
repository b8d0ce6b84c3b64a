using System.Runtime.CompilerServices;

namespace Nabla.Tensors;

/// <summary>Checks of settings; each message says who asks, which, and what it got.</summary>
internal static class Require
{
    /// <summary>Throws unless a whole number is at least another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less.</exception>
    public static void AtLeast(string op, long value, long least,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < least)
        {
            Throw(name, $"{op}: {name} must be at least {least}, got {value}");
        }
    }

    /// <summary>Throws unless a number is finite and 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public static void NotNegative(string op, double value,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            Throw(name, $"{op}: {name} must be a number from 0 up, got {value}");
        }
    }

    /// <summary>Throws unless a number is finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is infinite or NaN.</exception>
    public static void Finite(string op, double value,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!double.IsFinite(value))
        {
            Throw(name, $"{op}: {name} must be a finite number, got {value}");
        }
    }

    /// <summary>Throws unless a number lies in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not, or is NaN.</exception>
    public static void Share(string op, double value,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && value <= 1))
        {
            Throw(name, $"{op}: {name} must lie in [0, 1], got {value}");
        }
    }

    private static void Throw(string name, string message) =>
        throw new ArgumentOutOfRangeException(name, message);
}
