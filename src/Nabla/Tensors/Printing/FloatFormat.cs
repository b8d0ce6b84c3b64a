using System.Globalization;

namespace Nabla.Tensors;

/// <summary>
/// Formats the floating-point numbers of one tensor alike, as NumPy does: the shortest digits that
/// tell a number from its neighbours, at most 8 behind the point; scientific where the range of the
/// magnitudes asks for it.
/// </summary>
internal sealed class FloatFormat
{
    private const int Precision = 8;
    private const double Largest = 1e8;
    private const double Smallest = 1e-4;
    private const double WidestRange = 1000;

    private readonly Func<double, string> _shortest;
    private readonly bool _scientific;
    private readonly int _left;
    private readonly int _right;

    /// <summary>Looks at all numbers that will be printed.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="shortest">The shortest digits of a number in its own type.</param>
    public FloatFormat(IReadOnlyList<double> numbers, Func<double, string> shortest)
    {
        _shortest = shortest;
        var finite = numbers.Where(double.IsFinite).ToList();
        var sizes = finite.Where(x => x != 0).Select(Math.Abs).ToList();
        _scientific = sizes.Count > 0 && (sizes.Max() >= Largest || sizes.Min() < Smallest
            || sizes.Max() / sizes.Min() > WidestRange);
        foreach (var number in finite)
        {
            var (whole, fraction) = _scientific ? Mantissa(number) : Positional(number);
            _left = Math.Max(_left, whole.Length);
            _right = Math.Max(_right, fraction.Length);
        }
        var room = Rest + 1 + _right;
        foreach (var number in numbers.Where(x => !double.IsFinite(x)))
        {
            _left = Math.Max(_left, Word(number).Length - room);
        }
    }

    /// <summary>Room behind the digits: of the exponent.</summary>
    private int Rest => _scientific ? 4 : 0;

    /// <summary>A number, as wide as all the others.</summary>
    public string Format(double number)
    {
        if (!double.IsFinite(number))
        {
            return Word(number).PadLeft(_left + 1 + _right + Rest);
        }
        var (whole, fraction) = _scientific ? Mantissa(number) : Positional(number);
        return _scientific
            ? $"{whole.PadLeft(_left)}.{fraction.PadRight(_right, '0')}{Exponent(number)}"
            : $"{whole.PadLeft(_left)}.{fraction.PadRight(_right)}";
    }

    /// <summary>A number that stands alone.</summary>
    public static string Single(double number, Func<double, string> shortest)
    {
        if (!double.IsFinite(number))
        {
            return Word(number);
        }
        // One number has no range: NumPy goes scientific by its size alone.
        var size = Math.Abs(number);
        if (size != 0 && (size >= 1e16 || size < Smallest))
        {
            var (digits, exponent) = Digits(number, shortest);
            var sign = double.IsNegative(number) ? "-" : "";
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}"
                + Exponent(exponent);
        }
        var (whole, fraction) = Positional(number, shortest, int.MaxValue);
        return $"{whole}.{(fraction.Length == 0 ? "0" : fraction)}";
    }

    private static string Word(double number) =>
        double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";

    private static string Exponent(int exponent) =>
        $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";

    /// <summary>0.d₁d₂…·10^(e+1): the digits and e.</summary>
    private static (string Digits, int Exponent) Digits(
        double number, Func<double, string> shortest)
    {
        var text = shortest(Math.Abs(number));
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        if (leading == digits.Length)
        {
            return ("0", 0);
        }
        return (digits[leading..].TrimEnd('0'), exponent - leading);
    }

    private static (string Whole, string Fraction) Positional(
        double number, Func<double, string> shortest, int precision)
    {
        var sign = double.IsNegative(number) ? "-" : "";
        var (digits, exponent) = Digits(number, shortest);
        string text;
        if (digits.Length - 1 - exponent > precision)
        {
            text = Math.Abs(number).ToString($"F{precision}", CultureInfo.InvariantCulture);
        }
        else if (exponent < 0)
        {
            text = "0." + new string('0', -exponent - 1) + digits;
        }
        else
        {
            digits = digits.PadRight(exponent + 1, '0');
            text = $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
        }
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return (sign + text[..point], text[(point + 1)..].TrimEnd('0'));
    }

    private (string Whole, string Fraction) Positional(double number) =>
        Positional(number, _shortest, Precision);

    private (string Whole, string Fraction) Mantissa(double number)
    {
        var sign = double.IsNegative(number) ? "-" : "";
        var digits = Rounded(number).Digits;
        return (sign + digits[..1], digits[1..]);
    }

    private string Exponent(double number) => Exponent(Rounded(number).Exponent);

    /// <summary>The digits, 8 behind the first at most.</summary>
    private (string Digits, int Exponent) Rounded(double number)
    {
        var (digits, exponent) = Digits(number, _shortest);
        return digits.Length <= Precision + 1
            ? (digits, exponent)
            : Digits(number, x => x.ToString($"E{Precision}", CultureInfo.InvariantCulture));
    }
}
