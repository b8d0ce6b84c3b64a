using System.Diagnostics;
using Nabla.Formats;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Formats;

public class TemporaryNameTests
{
    [Fact]
    public void A_name_tells_whose_it_is() => Assert.Equal(
        $"run/last.{Environment.ProcessId}.tmp", TemporaryName.For("run/last"));

    [Fact]
    public void What_dead_processes_left_is_swept_and_nothing_else()
    {
        using var folder = new TempFolder();
        var (dead, alive) = (DeadProcess(), Environment.ProcessId);
        string[] stale = [$"last.{dead}.tmp", $".step-3.{dead}.tmp", $"best.{alive}.tmp"];
        string[] others = ["last", $"run.json.{alive}.tmp", "notes.tmp", $"a.{dead}.txt", ".tmp"];
        Directory.CreateDirectory(folder[stale[1]]);
        File.WriteAllText(folder[stale[1], "model.safetensors"], "half");
        foreach (var name in (string[])[stale[0], stale[2], .. others])
        {
            File.WriteAllText(folder[name], "");
        }
        // Another process had the number before: this one was not yet there.
        File.SetLastWriteTime(folder[stale[2]], DateTime.Now.AddDays(-40));
        TemporaryName.Sweep(folder.Path);
        Assert.Equal(others.Order(StringComparer.Ordinal), Directory
            .GetFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_nothing_to_sweep()
    {
        using var folder = new TempFolder();
        TemporaryName.Sweep(folder["nowhere"]);
        Assert.False(Directory.Exists(folder["nowhere"]));
    }

    /// <summary>The number of a process that has ended.</summary>
    internal static int DeadProcess()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["--version"])
        {
            RedirectStandardOutput = true,
        })!;
        process.WaitForExit();
        return process.Id;
    }
}
