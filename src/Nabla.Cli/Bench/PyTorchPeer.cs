using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using Nabla.Kernels.Cpu;

namespace Nabla.Cli.Bench;

/// <summary>PyTorch in a Python process.</summary>
internal static class PyTorchPeer
{
    private const string Program = "pytorch_peer.py";

    private const string BlasKernels = "OPENBLAS_CORETYPE";

    private const string BlasCache = "OPENBLAS_L2_SIZE";

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
            foreach (var kernels in KernelSets(all: threads == WorkerTeam.Threads))
            {
                foreach (var channelsLast in work.HasImages ? [false, true] : new[] { false })
                {
                    yield return () => Start(work.Name, folder, threads, kernels, channelsLast);
                }
            }
        }
    }

    /// <summary>Exports an inference workload's network as ONNX.</summary>
    public static void Export(Workload work, string folder) =>
        Start(work.Name, folder, 1, new(false, null), false).Dispose();

    private static string Python => Environment.GetEnvironmentVariable("NABLA_PYTHON")
        ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    /// <summary>
    /// PyTorch's elementwise kernels are AVX2's unless it is told otherwise, and which are faster
    /// varies. OpenBLAS picks its kernels by the processor, unless the environment names others,
    /// as some do that want the same bits on every machine: those of AVX2 multiply at half the
    /// speed of AVX-512's, so its own choice is tried, too. Where AVX-512 is switched off for us,
    /// what was set for the peer stays.
    /// </summary>
    private static IEnumerable<KernelSet> KernelSets(bool all)
    {
        var named = Environment.GetEnvironmentVariable(BlasKernels);
        string?[] choices = string.IsNullOrEmpty(named) ? [null]
            : Avx512F.IsSupported && all ? [null, named]
            : Avx512F.IsSupported ? [null]
            : [named];
        return from blas in choices
               from avx512 in new[] { false, true }
               select new KernelSet(avx512, blas);
    }

    private static Peer Start(
        string workload, string folder, int threads, KernelSet kernels, bool channelsLast)
    {
        var count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Python, [Peer.Script(Program)!]);
        start.Environment["NABLA_PEER_THREADS"] = count;
        start.Environment["OMP_NUM_THREADS"] = count;
        start.Environment["ATEN_CPU_CAPABILITY"] = kernels.Avx512 ? "avx512" : "avx2";
        if (kernels.Blas is null)
        {
            start.Environment.Remove(BlasKernels);
            start.Environment.Remove(BlasCache);
        }

        var setting = $"{threads} {(threads == 1 ? "thread" : "threads")}, "
            + (kernels.Avx512 ? "avx512" : "avx2")
            + (kernels.Blas is null ? "" : $", OpenBLAS {kernels.Blas}")
            + (channelsLast ? ", channels_last" : "");
        return new Peer("PyTorch", setting, start, new JsonObject
        {
            ["workload"] = workload,
            ["folder"] = folder,
            ["channels_last"] = channelsLast,
        });
    }

    /// <summary>Which kernels PyTorch's own ops use, and which OpenBLAS was told to use, or null
    /// where it picks them itself.</summary>
    private readonly record struct KernelSet(bool Avx512, string? Blas);
}
