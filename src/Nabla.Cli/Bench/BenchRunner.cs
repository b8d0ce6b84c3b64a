using System.Diagnostics;
using Nabla.Kernels.Cpu;

namespace Nabla.Cli.Bench;

/// <summary>Times workloads, alternating with the peer in one run.</summary>
internal static class BenchRunner
{
    private const int Losses = 20;
    private const int Rounds = 5;

    /// <summary>One row; without a peer when it is missing.</summary>
    public static BenchRow Run(Workload work, bool peers, double peakGflops)
    {
        var folder = Directory.CreateTempSubdirectory("nabla-bench-").FullName;
        var settings = new List<PyTorchPeer>();
        try
        {
            work.Save(folder);
            if (peers)
            {
                settings.AddRange(Settings(work).Select(s => PyTorchPeer.Start(
                    work.Name, folder, s.Threads, s.Avx512, s.ChannelsLast)));
            }
            var difference = work.HasLosses && settings.Count > 0
                ? Compare(work, settings[0])
                : (double?)null;
            var (ours, theirs) = Measure(work, settings);
            var best = settings.Count == 0
                ? -1
                : Enumerable.Range(0, settings.Count).MinBy(i => theirs[i].Min());
            return new BenchRow(work.Name, ours.Min(), Median(ours),
                best < 0 ? null : $"PyTorch {settings[best].Version} ({settings[best].Setting})",
                best < 0 ? null : theirs[best].Min(), best < 0 ? null : Median(theirs[best]),
                work.Flops / peakGflops / 1e6, difference);
        }
        finally
        {
            settings.ForEach(p => p.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(int Threads, bool Avx512, bool ChannelsLast)> Settings(
        Workload work)
    {
        int[] counts = WorkerTeam.Threads == 1 ? [1] : [1, WorkerTeam.Threads];
        foreach (var threads in counts)
        {
            foreach (var avx512 in new[] { false, true })
            {
                yield return (threads, avx512, false);
                if (work.HasImages)
                {
                    yield return (threads, avx512, true);
                }
            }
        }
    }

    private static double Compare(Workload work, PyTorchPeer peer)
    {
        var theirs = peer.Losses(Losses);
        work.Reset();
        var worst = 0.0;
        foreach (var expected in theirs)
        {
            worst = Math.Max(worst, Math.Abs(work.Step() - expected) / Math.Abs(expected));
        }
        if (!(worst < 1e-3))
        {
            throw new InvalidOperationException($"{work.Name}: the losses of {Losses} steps differ "
                + $"by {worst:g2} relative, so the two sides do not compute the same");
        }
        return worst;
    }

    private static (List<double> Ours, List<double>[] Theirs) Measure(
        Workload work, List<PyTorchPeer> peers)
    {
        var warm = Stopwatch.StartNew();
        var first = 0;
        while (first < 10 || warm.ElapsedMilliseconds < 300)
        {
            work.Step();
            first++;
        }
        var steps = (int)Math.Clamp(250.0 * first / warm.Elapsed.TotalMilliseconds, 3, 200);
        peers.ForEach(p => p.Time(Math.Max(3, steps / 4)));
        var ours = new List<double>();
        var theirs = peers.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < steps; i++)
            {
                var start = Stopwatch.GetTimestamp();
                work.Step();
                ours.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            for (var i = 0; i < peers.Count; i++)
            {
                theirs[i].AddRange(peers[i].Time(Math.Max(3, steps / 4)));
            }
        }
        return (ours, theirs);
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
