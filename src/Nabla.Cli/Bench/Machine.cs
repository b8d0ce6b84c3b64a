using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using Nabla.Cli.Output;
using Nabla.Cli.Runs;
using Nabla.Kernels.Cpu;

namespace Nabla.Cli.Bench;

/// <summary>What the figures were measured on, with the ceilings measured in the same run.
/// </summary>
internal sealed class Machine
{
    /// <summary>The processor's name.</summary>
    public string Processor { get; } = NameOfProcessor();

    /// <summary>Threads that compute.</summary>
    public int Threads { get; } = WorkerTeam.Threads;

    /// <summary>The widest vectors in use.</summary>
    public string Simd { get; } = Avx512F.IsSupported ? "AVX-512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2" : "128 bit";

    /// <summary>Float32 GFLOP/s at most so far.</summary>
    public double PeakGflops { get; private set; }

    /// <summary>GB/s that all threads read from memory.</summary>
    public double Bandwidth { get; } = MemoryBandwidth.Measure();

    /// <summary>Measures the peak again: a busy machine may not have given it before.</summary>
    public void MeasurePeak() => PeakGflops = Math.Max(PeakGflops, PeakFlops.Measure(Threads));

    /// <summary>As a JSON object's properties.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("processor", Processor);
        json.WriteNumber("threads", Threads);
        json.WriteString("simd", Simd);
        json.Number("peak_gflops", Math.Round(PeakGflops, 1));
        json.Number("memory_gb_per_s", Math.Round(Bandwidth, 1));
        json.WriteString("system", Versions.System);
        json.WriteString("dotnet", Environment.Version.ToString());
        json.WriteString("nabla", Versions.Nabla);
    }

    private static string NameOfProcessor()
    {
        const string Information = "/proc/cpuinfo";
        var line = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(
                l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
