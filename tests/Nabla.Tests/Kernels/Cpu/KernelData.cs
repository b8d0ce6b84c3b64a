using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Inputs and checks that the kernels' tests share.</summary>
internal static class KernelData
{
    /// <summary>Numbers in [−2, 2) with a fixed seed.</summary>
    public static T[] Numbers<T>(long count, int seed = 1)
        where T : unmanaged, INumberBase<T>
    {
        var random = new Random(seed);
        var values = new T[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating((random.NextDouble() * 4) - 2);
        }

        return values;
    }

    /// <summary>Whole numbers in [0, <paramref name="size"/>) with a fixed seed.</summary>
    public static long[] Indices(long count, long size, int seed = 2)
    {
        var random = new Random(seed);
        var values = new long[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextInt64(size);
        }

        return values;
    }

    /// <summary>
    /// Runs a kernel on one, two and three threads, asserts equal bits, and returns the result.
    /// </summary>
    public static T[] OnAnyThreads<T>(Func<T[]> run)
        where T : unmanaged
    {
        var before = WorkerTeam.Threads;
        try
        {
            WorkerTeam.Threads = 1;
            var expected = run();
            foreach (var threads in new[] { 2, 3 })
            {
                WorkerTeam.Threads = threads;
                Assert.True(
                    MemoryMarshal.AsBytes<T>(expected).SequenceEqual(
                        MemoryMarshal.AsBytes<T>(run())),
                    $"{threads} threads give other bits than one");
            }

            return expected;
        }
        finally
        {
            WorkerTeam.Threads = before;
        }
    }

    /// <summary>
    /// Asserts |actual − expected| ≤ tolerance · (1 + |expected|), NaN equal to NaN.
    /// </summary>
    public static void Close<T>(
        ReadOnlySpan<double> expected, ReadOnlySpan<T> actual, double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var value = double.CreateTruncating(actual[i]);
            var same = value.Equals(expected[i])
                || Math.Abs(value - expected[i]) <= tolerance * (1 + Math.Abs(expected[i]));
            Assert.True(same, $"element {i}: expected {expected[i]} but got {value}");
        }
    }
}
