using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Nabla.Kernels.Cpu;

namespace Nabla.Cli.Bench;

/// <summary>PyTorch in a Python process.</summary>
internal static class PyTorchPeer
{
    private const string Program = "pytorch_peer.py";

    /// <summary>Why there is no peer here and what to install, or null when there is one.</summary>
    public static string? Missing() =>
        Peer.Script(Program) is null
            ? $"bench/peers/{Program} was not found; run from a checkout"
            : Peer.Works(Python, null, "-c", "import torch") ? null
            : "PyTorch is not installed: apt-get install python3-torch libopenblas0-openmp";

    /// <summary>Starts a workload in each of the settings in which PyTorch may be fastest.
    /// </summary>
    public static IEnumerable<Func<Peer>> Settings(Workload work, string folder)
    {
        foreach (var threads in WorkerTeam.Threads == 1 ? [1] : new[] { WorkerTeam.Threads, 1 })
        {
            foreach (var avx512 in new[] { false, true })
            {
                foreach (var channelsLast in work.HasImages ? [false, true] : new[] { false })
                {
                    yield return () => Start(work.Name, folder, threads, avx512, channelsLast);
                }
            }
        }
    }

    /// <summary>Exports an inference workload's network as ONNX.</summary>
    public static void Export(Workload work, string folder) =>
        Start(work.Name, folder, 1, false, false).Dispose();

    private static string Python => Environment.GetEnvironmentVariable("NABLA_PYTHON")
        ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    private static Peer Start(
        string workload, string folder, int threads, bool avx512, bool channelsLast)
    {
        var count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Python, [Peer.Script(Program)!]);
        start.Environment["NABLA_PEER_THREADS"] = count;
        start.Environment["OMP_NUM_THREADS"] = count;
        start.Environment["ATEN_CPU_CAPABILITY"] = avx512 ? "avx512" : "avx2";
        var setting = $"{threads} {(threads == 1 ? "thread" : "threads")}, "
            + (avx512 ? "avx512" : "avx2") + (channelsLast ? ", channels_last" : "");
        return new Peer("PyTorch", setting, start, new JsonObject
        {
            ["workload"] = workload,
            ["folder"] = folder,
            ["channels_last"] = channelsLast,
        });
    }
}
