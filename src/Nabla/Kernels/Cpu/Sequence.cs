using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>Evenly spaced numbers.</summary>
public static unsafe class Sequence
{
    /// <summary>
    /// y[i] = start + i · step in the first half and end − (n − 1 − i) · step in the second, so
    /// that both ends are exact; computed in float64, then converted.
    /// </summary>
    /// <param name="y">The output, contiguous.</param>
    /// <param name="n">How many.</param>
    /// <param name="start">The first.</param>
    /// <param name="step">From one to the next.</param>
    /// <param name="end">The last.</param>
    public static void Fill<T>(T* y, long n, double start, double step, double end)
        where T : unmanaged, INumberBase<T>
    {
        var half = n / 2;
        for (var i = 0L; i < half; i++)
        {
            y[i] = T.CreateTruncating(start + (i * step));
        }
        for (var i = half; i < n; i++)
        {
            y[i] = T.CreateTruncating(end - ((n - 1 - i) * step));
        }
    }

    /// <summary>y[i] = start + i · step, exact in integers.</summary>
    /// <param name="y">The output, contiguous.</param>
    /// <param name="n">How many.</param>
    /// <param name="start">The first.</param>
    /// <param name="step">From one to the next.</param>
    public static void Fill<T>(T* y, long n, long start, long step)
        where T : unmanaged, INumberBase<T>
    {
        for (var i = 0L; i < n; i++)
        {
            y[i] = T.CreateTruncating(start + (i * step));
        }
    }
}
