namespace Nabla.Kernels.Cpu;

/// <summary>
/// Arrays of random numbers. Element i of a call with <c>start</c> s is a pure function of the key
/// and s + i: equal for any number of threads, any split, any SIMD width.
/// </summary>
public static unsafe class RandomKernels
{
    /// <summary>Uniform in [0, 1), multiples of 2⁻²⁴.</summary>
    public static void Uniform(float* y, long n, in PhiloxKey key, long start = 0) =>
        RandomKernelsWork<float, RandomKernelsFill.Uniform32>.Run(y, n, key, start, default);

    /// <summary>Uniform in [0, 1), multiples of 2⁻⁵³.</summary>
    public static void Uniform(double* y, long n, in PhiloxKey key, long start = 0) =>
        RandomKernelsWork<double, RandomKernelsFill.Uniform64>.Run(y, n, key, start, default);

    /// <summary>Standard normal (Box and Muller 1958), up to about ±6.7.</summary>
    public static void Normal(float* y, long n, in PhiloxKey key, long start = 0) =>
        RandomKernelsWork<float, RandomKernelsFill.Normal32>.Run(y, n, key, start, default);

    /// <summary>Standard normal (Box and Muller 1958), up to about ±8.6.</summary>
    public static void Normal(double* y, long n, in PhiloxKey key, long start = 0) =>
        RandomKernelsWork<double, RandomKernelsFill.Normal64>.Run(y, n, key, start, default);

    /// <summary>1 with probability p, else 0; equals <c>Uniform &lt; p</c> for the same
    /// key.</summary>
    public static void Bernoulli(float* y, long n, double p, in PhiloxKey key, long start = 0) =>
        RandomKernelsWork<float, RandomKernelsFill.Bernoulli32>.Run(y, n, key, start, new(p));

    /// <summary>1 with probability p, else 0, as bytes (also a bool's).</summary>
    public static void Bernoulli(byte* y, long n, double p, in PhiloxKey key, long start = 0) =>
        RandomKernelsWork<byte, RandomKernelsFill.Bernoulli8>.Run(y, n, key, start, new(p));

    /// <summary>
    /// Integers low … high − 1. Some values are more likely than others by less than
    /// (high − low) / 2⁶⁴.
    /// </summary>
    /// <exception cref="ArgumentException">The range is empty.</exception>
    public static void RandInt(
        long* y, long n, long low, long high, in PhiloxKey key, long start = 0)
    {
        if (high <= low)
        {
            throw new ArgumentException(
                $"RandInt draws from [low, high) but got [{low}, {high}); give high > low.");
        }

        RandomKernelsWork<long, RandomKernelsFill.Integers>.Run(
            y, n, key, start, new(low, unchecked((ulong)high - (ulong)low)));
    }

    /// <summary>A uniformly drawn order of 0 … n − 1 (Fisher and Yates).</summary>
    public static void Permutation(long* y, long n, in PhiloxKey key)
    {
        const int Batch = 1024;
        var draws = stackalloc long[Batch];
        for (long i = 0; i < n; i++)
        {
            y[i] = i;
        }

        for (long i = 0; i < n; i++)
        {
            if (i % Batch == 0)
            {
                // Full-range integers; each is scaled to its own range below.
                RandomKernelsWork<long, RandomKernelsFill.Integers>.Run(
                    draws, Math.Min(Batch, n - i), key, i, new(0, 0));
            }

            var j = (long)Math.BigMul((ulong)draws[i % Batch], (ulong)(i + 1), out _);
            (y[i], y[j]) = (y[j], y[i]);
        }
    }
}
