using System.Diagnostics;
using Nabla.Kernels.Cpu;

namespace Nabla.Cli.Bench;

/// <summary>Times workloads, alternating with the peer in one run.</summary>
internal static class BenchRunner
{
    /// <summary>Turns of each side: enough for both to meet the machine at its best.</summary>
    private const int Rounds = 10;

    /// <summary>Turns of each side where the machine is disturbed, unless they take too long.
    /// </summary>
    private const int MostRounds = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Where half of the steps take so many times the best one's time, something else
    /// runs.</summary>
    private const double Disturbed = 1.1;

    /// <summary>Steps of a turn at least.</summary>
    private const int LeastSteps = 5;

    /// <summary>How long a turn should last.</summary>
    private const double TurnMs = 250;
    private const int Finalists = 2;
    private const double Tolerance = 1e-3;

    /// <summary>One row, without its ceilings.</summary>
    public static BenchRow Run(WorkloadEntry entry, bool withPeer)
    {
        // Compiled before the memory is taken down: it belongs to neither side.
        PeakFlops.Measure(WorkerTeam.Threads, 1e-3, 1);
        var before = ProcessMemory.Now;
        var work = entry.Make();
        var folder = Directory.CreateTempSubdirectory("nabla-bench-").FullName;
        var peers = new List<Peer>();
        try
        {
            var difference = (double?)null;
            if (withPeer)
            {
                work.Save(folder);
                peers.AddRange(Fastest([.. Peers.Settings(entry.Peer, work, folder)]));
                difference = work.Compare(peers, folder);
                if (!(difference < Tolerance))
                {
                    throw new InvalidOperationException($"{entry.Name}: results differ by "
                        + $"{difference:g2} relative, so the two sides do not compute the same");
                }
            }
            var (ours, theirs, peak, oursMb, theirsMb) = Measure(work, peers);
            var row = new BenchRow
            {
                Name = entry.Name,
                OursMs = ours.Min(),
                OursMedianMs = Median(ours),
                Flops = work.Flops,
                Bytes = work.Bytes,
                PeakGflops = peak,
                OursPeakMb = oursMb - before,
                Difference = difference,
            };
            if (peers.Count == 0)
            {
                return row;
            }
            var best = Enumerable.Range(0, peers.Count).MinBy(i => theirs[i].Min());
            return row with
            {
                Peer = peers[best].Description,
                PeerMs = theirs[best].Min(),
                PeerMedianMs = Median(theirs[best]),
                PeerPeakMb = theirsMb[best],
            };
        }
        finally
        {
            peers.ForEach(p => p.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Tries every setting for a moment, one at a time, and starts the best ones anew.
    /// </summary>
    private static IEnumerable<Peer> Fastest(Func<Peer>[] settings)
    {
        if (settings.Length <= Finalists)
        {
            return settings.Select(start => start());
        }
        return settings.Select(start =>
        {
            using var peer = start();
            var ms = peer.Time(2)[^1];
            return (Start: start, Ms: peer.Time((int)Math.Clamp(300 / ms, 2, 100)).Min());
        }).ToList().OrderBy(tried => tried.Ms).Take(Finalists).Select(tried => tried.Start());
    }

    private static Measured Measure(Workload work, List<Peer> peers)
    {
        // It may compile.
        work.Step();
        var warm = Stopwatch.StartNew();
        var first = 0;
        while (warm.ElapsedMilliseconds < 300
            || (first < 10 && warm.ElapsedMilliseconds < 3000))
        {
            work.Step();
            first++;
        }
        var steps = (int)Math.Clamp(
            TurnMs * first / warm.Elapsed.TotalMilliseconds, LeastSteps, 200);
        peers.ForEach(p => p.Time(Math.Max(3, steps / 4)));
        var ours = new List<double>();
        var theirs = peers.Select(_ => new List<double>()).ToArray();
        var peak = 0.0;
        double? oursMb = null;
        double[] theirsMb = [];
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < Rounds || (round < MostRounds && clock.Elapsed < Patience
            && (IsDisturbed(ours) || theirs.Any(IsDisturbed))); round++)
        {
            for (var i = 0; i < steps; i++)
            {
                var start = Stopwatch.GetTimestamp();
                work.Step();
                ours.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            for (var i = 0; i < peers.Count; i++)
            {
                theirs[i].AddRange(peers[i].Time(steps));
            }
            // As long as a step, for a short run may have a higher clock, and as often.
            var ms = Math.Clamp(ours.Min(), 1, 50);
            peak = Math.Max(peak, PeakFlops.Measure(
                WorkerTeam.Threads, ms / 1e3, (int)Math.Clamp(steps, 3, 200 / ms)));
            if (round == Rounds - 1)
            {
                // Of both sides by now: what is said in more turns is no memory of the row.
                oursMb = ProcessMemory.Peak;
                theirsMb = [.. peers.Select(p => p.PeakMemory())];
            }
        }
        return new Measured(ours, theirs, peak, oursMb, theirsMb);
    }

    /// <summary>Whether the best of these times may yet be beaten: most are far from it.</summary>
    /// <remarks>Counted, not sorted: what is allocated here would pass for the row's memory.
    /// </remarks>
    internal static bool IsDisturbed(List<double> times)
    {
        var limit = Disturbed * times.Min();
        var far = 0;
        foreach (var time in times)
        {
            far += time > limit ? 1 : 0;
        }
        return 2 * far >= times.Count;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>Times in ms, GFLOP/s at most, and the peaks of memory in MiB.</summary>
    private sealed record Measured(
        List<double> Ours,
        List<double>[] Theirs,
        double Peak,
        double? OursMb,
        double[] TheirsMb);
}
