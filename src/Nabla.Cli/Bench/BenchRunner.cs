using System.Diagnostics;
using Nabla.Kernels.Cpu;

namespace Nabla.Cli.Bench;

/// <summary>Times workloads, alternating with the peer in one run.</summary>
internal static class BenchRunner
{
    private const int Losses = 20;
    private const int Rounds = 5;

    /// <summary>One row, without its ceilings.</summary>
    public static BenchRow Run(Func<Workload> make, bool peers)
    {
        var before = ProcessMemory.Now;
        var work = make();
        var folder = Directory.CreateTempSubdirectory("nabla-bench-").FullName;
        var settings = new List<PyTorchPeer>();
        try
        {
            if (peers)
            {
                work.Save(folder);
                settings.AddRange(Settings(work).Select(s => PyTorchPeer.Start(
                    work.Name, folder, s.Threads, s.Avx512, s.ChannelsLast)));
            }
            var difference = work.HasLosses && settings.Count > 0
                ? Compare(work, settings[0])
                : (double?)null;
            var (ours, theirs) = Measure(work, settings);
            var row = new BenchRow
            {
                Name = work.Name,
                OursMs = ours.Min(),
                OursMedianMs = Median(ours),
                Flops = work.Flops,
                OursPeakMb = ProcessMemory.Peak - before,
                LossDifference = difference,
            };
            if (settings.Count == 0)
            {
                return row;
            }
            var best = Enumerable.Range(0, settings.Count).MinBy(i => theirs[i].Min());
            return row with
            {
                Peer = $"PyTorch {settings[best].Version} ({settings[best].Setting})",
                PeerMs = theirs[best].Min(),
                PeerMedianMs = Median(theirs[best]),
                PeerPeakMb = settings[best].PeakMemory(),
            };
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
