using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// What the machine's arithmetic units give at most: the ceiling for matrix products and
/// convolutions, measured with chains of multiply-adds that never leave the registers.
/// </summary>
public static unsafe class PeakFlops
{
    /// <summary>Short runs that tell how long one takes.</summary>
    private const int Trials = 3;

    private const int Chains = 12;

    /// <summary>
    /// Float32 GFLOP/s (a multiply-add counts two) of <paramref name="threads"/> threads working at
    /// once, the best of several runs.
    /// </summary>
    /// <param name="threads">Threads at work, at least 1.</param>
    /// <param name="seconds">How long a run lasts: as long as the work that is compared, for in a
    /// run of 2 ms a core's clock may go 5 % above what it keeps up for 20.</param>
    /// <param name="runs">How many runs to take the best of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or not positive.
    /// </exception>
    public static double Measure(int threads, double seconds = 0.005, int runs = 30)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        delegate*<int, float> chains;
        int width;
        if (Avx512F.IsSupported)
        {
            chains = &Run<GemmFloat512, Vector512<float>>;
            width = GemmFloat512.Width;
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            chains = &Run<GemmFloat256, Vector256<float>>;
            width = GemmFloat256.Width;
        }
        else
        {
            chains = &Run<GemmFloat128, Vector128<float>>;
            width = GemmFloat128.Width;
        }

        var rounds = 100_000;
        chains(1000);
        // One that was held up would make all others too short.
        var once = double.MaxValue;
        for (var trial = 0; trial < Trials; trial++)
        {
            var start = Stopwatch.GetTimestamp();
            chains(rounds);
            once = Math.Min(once, Seconds(start));
        }

        rounds = (int)(rounds * Math.Clamp(seconds / once, 0.01, 10_000));

        var crew = threads > 1 ? new WorkerCrew(threads - 1) : null;
        var best = double.MaxValue;
        for (var run = 0; run < runs; run++)
        {
            best = Math.Min(best, Together(crew, threads, chains, rounds));
        }

        crew?.Dismiss();
        return 2.0 * width * Chains * rounds * threads / best * 1e-9;
    }

    private static double Together(
        WorkerCrew? crew, int threads, delegate*<int, float> chains, int rounds)
    {
        var body = new Body { Chains = chains, Rounds = rounds, Missing = &threads };
        var start = Stopwatch.GetTimestamp();
        if (crew is null)
        {
            body.Run(0);
        }
        else
        {
            crew.Run(threads, ref body);
        }

        return Seconds(start);
    }

    private static double Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run<S, V>(int rounds)
        where S : struct, IGemmLanes<V, float>
        where V : unmanaged
    {
        var x = S.Broadcast(1f);
        V c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        V c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        for (var i = 0; i < rounds; i++)
        {
            c0 = S.Fma(x, x, c0);
            c1 = S.Fma(x, x, c1);
            c2 = S.Fma(x, x, c2);
            c3 = S.Fma(x, x, c3);
            c4 = S.Fma(x, x, c4);
            c5 = S.Fma(x, x, c5);
            c6 = S.Fma(x, x, c6);
            c7 = S.Fma(x, x, c7);
            c8 = S.Fma(x, x, c8);
            c9 = S.Fma(x, x, c9);
            c10 = S.Fma(x, x, c10);
            c11 = S.Fma(x, x, c11);
        }

        var low = S.Add(S.Add(S.Add(c0, c1), S.Add(c2, c3)), S.Add(c4, c5));
        return S.Sum(S.Add(S.Add(S.Add(S.Add(c6, c7), S.Add(c8, c9)), S.Add(c10, c11)), low));
    }

    /// <summary>Each thread takes one chunk: all wait for each other before they begin.</summary>
    private struct Body : IChunkBody
    {
        public delegate*<int, float> Chains;
        public int Rounds;
        public int* Missing;

        public readonly void Run(int chunk)
        {
            Interlocked.Decrement(ref *Missing);
            while (Volatile.Read(ref *Missing) > 0)
            {
                Thread.SpinWait(1);
            }

            Chains(Rounds);
        }
    }
}
