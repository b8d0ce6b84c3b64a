using System.Globalization;

namespace Nabla.Kernels.Cpu;

/// <summary>A loop body whose chunks may run on different threads.</summary>
public interface IChunkBody
{
    /// <summary>Does one chunk; which thread runs it, and when, must not matter.</summary>
    void Run(int chunk);
}

/// <summary>
/// The threads that share a kernel's work: the caller and <see cref="Threads"/> − 1 background
/// threads that spin for some 50 µs after a call and then park.
/// </summary>
/// <remarks>
/// One caller owns the team at a time. A nested call, or one from another thread meanwhile, runs
/// its chunks inline: the same chunks, hence the same results. A call allocates nothing.
/// </remarks>
public static class WorkerTeam
{
    private const string Variable = "NABLA_THREADS";

    /// <summary>So that the last chunks end at about the same time.</summary>
    private const int ChunksPerThread = 4;

    private static WorkerCrew? s_crew;
    private static int s_threads;
    private static int s_owned;

    /// <summary>
    /// How many threads share the work, the caller included. Starts as the environment variable
    /// <c>NABLA_THREADS</c>, else the number of processors; a change holds from the next call on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    /// <exception cref="FormatException">
    /// <c>NABLA_THREADS</c> is no whole number above 0.
    /// </exception>
    public static int Threads
    {
        get
        {
            var threads = Volatile.Read(ref s_threads);
            if (threads != 0)
            {
                return threads;
            }

            threads = ParseThreads(
                Environment.GetEnvironmentVariable(Variable), Environment.ProcessorCount);
            Interlocked.CompareExchange(ref s_threads, threads, 0);
            return Volatile.Read(ref s_threads);
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref s_threads, value);
        }
    }

    /// <summary>
    /// How many chunks to aim at where each has outputs of its own, so that no bit depends on how
    /// many there are: some for each thread, and never fewer than <paramref name="least"/>. Chunks
    /// that add to common sums are a function of sizes alone.
    /// </summary>
    internal static int Wanted(int least) => Math.Max(least, ChunksPerThread * Threads);

    /// <summary>
    /// Runs chunks 0 … chunks − 1 and returns when all are done. What a chunk throws reaches the
    /// caller; chunks that nobody has begun by then are left out.
    /// </summary>
    public static void For<TBody>(int chunks, ref TBody body) where TBody : struct, IChunkBody
    {
        if (chunks > 1 && Threads > 1 && Interlocked.Exchange(ref s_owned, 1) == 0)
        {
            try
            {
                Crew().Run(chunks, ref body);
            }
            finally
            {
                Volatile.Write(ref s_owned, 0);
            }

            return;
        }

        for (var chunk = 0; chunk < chunks; chunk++)
        {
            body.Run(chunk);
        }
    }

    internal static int ParseThreads(string? value, int processors)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return Math.Max(1, processors);
        }

        return int.TryParse(
            value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var threads)
            && threads > 0
            ? threads
            : throw new FormatException(
                $"{Variable} is '{value}' but must be a whole number above 0; "
                + "unset it to use all processors.");
    }

    /// <summary>The crew of the wanted size. Only the team's owner calls this.</summary>
    private static WorkerCrew Crew()
    {
        var workers = Threads - 1;
        var crew = s_crew;
        return crew is not null && crew.Workers == workers ? crew : Hire(workers);
    }

    private static WorkerCrew Hire(int workers)
    {
        s_crew?.Dismiss();
        s_crew = null;
        var crew = new WorkerCrew(workers);
        s_crew = crew;
        return crew;
    }
}
