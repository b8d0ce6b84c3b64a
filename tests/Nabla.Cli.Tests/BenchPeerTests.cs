using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Nabla.Cli.Bench;

namespace Nabla.Cli.Tests;

/// <summary>A row beside a peer from its start to its end, with <see cref="FakePeer"/> for the
/// peer.</summary>
public class BenchPeerTests
{
    private const string Row = "mlp-32-adam-eager";

    [Fact]
    public async Task A_row_alternates_with_the_peer_and_tells_the_ratio_of_the_best_times()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        using var peer = new FakePeer(Losses().Select(loss => loss * (1 + 1e-4)));
        var answer = await RunAsync(peer);
        Assert.True(answer.Code == 0, answer.Error);
        var row = Assert.Single(answer.Json["rows"]!.AsArray())!;

        // The fastest of its settings, at its best and median time.
        Assert.Equal("PyTorch 7.8 (1 thread, avx2)", (string?)row["peer"]);
        Assert.Equal((4.0, 6.0), ((double)row["peer_ms"]!, (double)row["peer_median_ms"]!));
        Assert.Equal(12.5, (double)row["peer_peak_mb"]!);
        Assert.Equal(1e-4, (double)row["difference"]!, 2e-6);
        var ours = (double)row["ours_ms"]!;
        Assert.Equal(ours / 4, (double)row["ratio"]!, 1e-4);
        var table = answer.Out.Split('\n').Single(
            line => line.TrimStart().StartsWith(Row, StringComparison.Ordinal));
        Assert.Equal(
            (ours / 4).ToString("0.00", CultureInfo.InvariantCulture),
            Regex.Split(table.Trim(), @"\s+")[5]);
        Assert.Contains("PyTorch 7.8", table, StringComparison.Ordinal);

        CheckAlternation(peer.Log, ours);
    }

    [Fact]
    public async Task Losses_that_differ_make_the_row_fail_and_no_ratio()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        var losses = Losses();
        losses[^1] *= 1.02;
        using var peer = new FakePeer(losses);
        var answer = await RunAsync(peer);
        Assert.Equal(1, answer.Code);
        Assert.Empty(answer.Json["rows"]!.AsArray());
        Assert.Contains(
            $"{Row}: results differ by 0.02 relative", answer.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("ratio", answer.Out, StringComparison.Ordinal);
    }

    /// <summary>Kernels of OpenBLAS that the environment names are half as fast where they are
    /// AVX2's: the peer is tried with those that OpenBLAS picks, too, unless we do without
    /// AVX-512 ourselves.</summary>
    [Fact]
    public async Task Kernels_that_the_environment_names_are_not_the_only_ones_tried()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        using var peer = new FakePeer(Losses());
        var answer = await RunAsync(peer, kernels: "Haswell");
        Assert.True(answer.Code == 0, answer.Error);
        string[] named = ["2-avx2-Haswell", "2-avx512-Haswell"];
        Assert.Equal(
            Avx512F.IsSupported
                ? ["1-avx2", "1-avx512", "2-avx2", .. named[..1], "2-avx512", .. named[1..]]
                : ["1-avx2-Haswell", "1-avx512-Haswell", .. named],
            peer.Log.Select(request => request.Setting).Distinct()
                .Order(StringComparer.Ordinal));
    }

    /// <summary>All settings are tried alone; the two best start anew, give their losses, and are
    /// timed in turn, as many steps as ours, which run between.</summary>
    private static void CheckAlternation(List<FakePeer.Request> log, double ours)
    {
        Assert.Equal(4, log.Select(request => request.Setting).Distinct().Count());
        var compared = log.Where(request => request.What == "losses").ToList();
        Assert.Equal(["1-avx2", "2-avx512"], compared.Select(request => request.Setting).Order());
        Assert.All(compared, request => Assert.Equal(20, request.Steps));
        var finalists = compared.Select(request => request.Process).ToList();
        var timed = log.Where(
            request => request.What == "time" && finalists.Contains(request.Process)).ToList();
        Assert.All(timed, request => Assert.True(
            request.Milliseconds > compared[^1].Milliseconds, "timed before its losses agree"));

        // A warm-up, then rounds.
        var rounds = timed[2..].Chunk(2).ToList();
        Assert.InRange(rounds.Count, 3, 100);
        Assert.All(rounds, round => Assert.Equal(
            finalists.Order(), round.Select(request => request.Process).Order()));
        var steps = Assert.Single(timed[2..].Select(request => request.Steps).Distinct());
        foreach (var (round, next) in rounds.Zip(rounds.Skip(1)))
        {
            Assert.InRange(
                next[0].Milliseconds - round[1].Milliseconds, steps * ours, double.MaxValue);
        }
    }

    /// <summary>The losses of the row's first steps, which are the same in every process.</summary>
    private static double[] Losses()
    {
        var work = Workloads.All.Single(entry => entry.Name == Row).Make();
        return [.. Enumerable.Range(0, 20).Select(_ => work.Step())];
    }

    private static async Task<Cli> RunAsync(FakePeer peer, string kernels = "")
    {
        using var process = CliProcess.StartAfter(
            "true", [("NABLA_PYTHON", peer.Python), ("OPENBLAS_CORETYPE", kernels)],
            "bench", "--peers", "--threads", "2", "--filter", Row, "--json");
        return await process.EndAsync();
    }
}
