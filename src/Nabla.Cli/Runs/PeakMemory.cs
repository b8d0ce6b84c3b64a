using System.Diagnostics;

namespace Nabla.Cli.Runs;

/// <summary>How much memory this process held at most.</summary>
internal static class PeakMemory
{
    /// <summary>In MiB, of physical memory.</summary>
    public static double Megabytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return Math.Max(process.PeakWorkingSet64, process.WorkingSet64) / (1024.0 * 1024);
        }
    }
}
