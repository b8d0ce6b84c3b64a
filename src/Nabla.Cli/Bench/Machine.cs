using System.Globalization;
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

    /// <summary>Bytes of the largest cache; 32 MiB where the system does not tell.</summary>
    public static double Cache { get; } = SizeOfCache();

    /// <summary>GB/s that all threads read from memory.</summary>
    public double Bandwidth { get; } = MemoryBandwidth.Measure();

    /// <summary>As a JSON object's properties.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="peak">Float32 GFLOP/s at most, of all rows.</param>
    public void Write(Utf8JsonWriter json, double peak)
    {
        json.WriteString("processor", Processor);
        json.WriteNumber("threads", Threads);
        json.WriteString("simd", Simd);
        json.Number("peak_gflops", Math.Round(peak, 1));
        json.Number("memory_gb_per_s", Math.Round(Bandwidth, 1));
        json.WriteString("system", Versions.System);
        json.WriteString("dotnet", Environment.Version.ToString());
        json.WriteString("nabla", Versions.Nabla);
    }

    private static double SizeOfCache()
    {
        const string Size = "/sys/devices/system/cpu/cpu0/cache/index3/size";
        var text = File.Exists(Size) ? File.ReadAllText(Size).Trim().TrimEnd('K') : "";
        return 1024.0 * (int.TryParse(text, CultureInfo.InvariantCulture, out var kib)
            ? kib : 32 << 10);
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
