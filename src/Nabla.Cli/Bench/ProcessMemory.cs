using System.Globalization;

namespace Nabla.Cli.Bench;

/// <summary>Physical memory of this process as Linux counts it, MiB.</summary>
internal static class ProcessMemory
{
    /// <summary>What it holds now, or null elsewhere.</summary>
    public static double? Now => Read("VmRSS:");

    /// <summary>What it held at most, or null elsewhere.</summary>
    public static double? Peak => Read("VmHWM:");

    private static double? Read(string key)
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return null;
        }
        var line = File.ReadLines(Status).First(l => l.StartsWith(key, StringComparison.Ordinal));
        var kibibytes = line[key.Length..].Trim().Split(' ')[0];
        return double.Parse(kibibytes, CultureInfo.InvariantCulture) / 1024;
    }
}
