namespace Nabla.Kernels.Cpu;

/// <summary>float64 functions that <see cref="Math"/> lacks; each within a few ulp.</summary>
internal static class DoubleMath
{
    private const double TwoOverSqrtPi = 1.1283791670955126;
    private const double OneOverSqrtPi = 0.5641895835477563;

    /// <summary>eˣ − 1. The rounding error of u = eˣ cancels in (u − 1)·x / log u
    /// (Kahan).</summary>
    public static double Expm1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1)
        {
            return x;
        }

        var difference = u - 1;
        return difference == -1 || double.IsInfinity(u) || Math.Abs(x) > 1
            ? difference : difference * (x / Math.Log(u));
    }

    /// <summary>log(1 + x). The rounding error of u = 1 + x cancels in log u · x / (u −
    /// 1).</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 ? x
            : Math.Abs(x) > 1 ? Math.Log(u)
            : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>1 / (1 + e⁻ˣ), without overflow on either side.</summary>
    public static double Sigmoid(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <summary>Remainder with the sign of the divisor; NaN for a zero divisor.</summary>
    public static double Remainder(double a, double b)
    {
        var r = a % b;
        return r != 0 && (r < 0) != (b < 0) ? r + b : r;
    }

    /// <summary>
    /// Error function: the all-positive series e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!! below 3
    /// (Abramowitz and Stegun 7.1.6), 1 − the continued fraction of erfc above (7.1.14).
    /// </summary>
    public static double Erf(double x)
    {
        var a = Math.Abs(x);
        if (!(a < 6))
        {
            return double.IsNaN(x) ? x : Math.CopySign(1, x);
        }

        var square = a * a;
        if (a < 3)
        {
            double sum = 1, term = 1;
            for (var n = 1; term > sum * 1e-17; n++)
            {
                term *= 2 * square / ((2 * n) + 1);
                sum += term;
            }

            return TwoOverSqrtPi * x * sum * Math.Exp(-square);
        }

        return Math.CopySign(1 - Erfc(a), x);
    }

    /// <summary>Φ(x) = ½ erfc(−x / √2), without cancellation in the lower tail.</summary>
    public static double NormalCdf(double x)
    {
        var a = -x * Math.Sqrt(0.5);
        return 0.5 * (a >= 1.5 ? Erfc(a) : 1 - Erf(a));
    }

    /// <summary>1 − erf a as a continued fraction, for a from 1.5.</summary>
    private static double Erfc(double a)
    {
        var fraction = a;
        for (var n = 100; n >= 1; n--)
        {
            fraction = a + (0.5 * n / fraction);
        }

        return OneOverSqrtPi * Math.Exp(-a * a) / fraction;
    }
}
