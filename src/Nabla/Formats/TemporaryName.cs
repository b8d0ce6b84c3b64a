using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Nabla.Formats;

/// <summary>
/// Names of files and folders that are there only while a process writes, and end with its number:
/// what a killed process left can be told from what one writes now.
/// </summary>
internal static class TemporaryName
{
    private const string Ending = ".tmp";

    /// <summary>The name beside a path that this process writes under.</summary>
    public static string For(string path) => $"{path}.{Environment.ProcessId}{Ending}";

    /// <summary>Deletes what dead processes left in a folder; what the disk refuses stays.
    /// </summary>
    public static void Sweep(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }
        foreach (var entry in new DirectoryInfo(folder).GetFileSystemInfos($"*{Ending}"))
        {
            if (!IsStale(entry))
            {
                continue;
            }
            try
            {
                if (entry is DirectoryInfo directory)
                {
                    directory.Delete(recursive: true);
                }
                else
                {
                    entry.Delete();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In nobody's way.
            }
        }
    }

    private static bool IsStale(FileSystemInfo entry)
    {
        var stem = entry.Name[..^Ending.Length];
        return int.TryParse(stem[(stem.LastIndexOf('.') + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var id) && !IsAlive(id, entry.LastWriteTime);
    }

    /// <summary>Whether the process that wrote at some time still runs, and not another that got
    /// its number since.</summary>
    private static bool IsAlive(int id, DateTime wrote)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            // Clocks of files and processes differ by a tick or so.
            return process.StartTime <= wrote + TimeSpan.FromSeconds(2);
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException
            or NotSupportedException)
        {
            // It is there, but may not be looked at.
            return true;
        }
    }
}
