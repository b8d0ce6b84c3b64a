namespace Nabla.Kernels.Cpu;

/// <summary>What may be traded for speed.</summary>
public static class Numerics
{
    private const string Variable = "NABLA_STRICT";

    private static int s_strict = -1;

    /// <summary>
    /// True to add products as the definitions do: convolutions of 3 × 3, 5 × 5, and 4 × 4 with
    /// stride 2 run direct instead of through <see cref="Winograd"/>, whose relative error is below
    /// 2.5e-6 instead of some 2e-7, and captured steps multiply looked-up rows one by one. Starts
    /// as the environment variable <c>NABLA_STRICT</c>, 0 or 1, else false.
    /// </summary>
    /// <exception cref="FormatException"><c>NABLA_STRICT</c> is neither 0 nor 1.</exception>
    public static bool Strict
    {
        get
        {
            var strict = Volatile.Read(ref s_strict);
            if (strict < 0)
            {
                strict = Parse(Environment.GetEnvironmentVariable(Variable)) ? 1 : 0;
                Interlocked.CompareExchange(ref s_strict, strict, -1);
            }
            return Volatile.Read(ref s_strict) == 1;
        }

        set => Volatile.Write(ref s_strict, value ? 1 : 0);
    }

    internal static bool Parse(string? value) => value switch
    {
        null or "" or "0" => false,
        "1" => true,
        _ => throw new FormatException($"{Variable} is '{value}' but must be 0 or 1."),
    };
}
