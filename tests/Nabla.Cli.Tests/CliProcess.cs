using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Nabla.Cli.Tests;

/// <summary>The command line as a process of its own, which can be killed.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    private CliProcess(ProcessStartInfo start)
    {
        // A killed process would leave its debugging pipes behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _out = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program that runs the tests' copy of the command line, and its file.</summary>
    public static string[] Program { get; } =
    [
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath! : "dotnet",
        Path.Combine(AppContext.BaseDirectory, "Nabla.Cli.dll"),
    ];

    /// <summary>Whether it runs no more.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts it.</summary>
    public static CliProcess Start(params string[] args) =>
        new(new ProcessStartInfo(Program[0], [Program[1], .. args]));

    /// <summary>Starts it so that an interrupt reaches it, also where a shell in the background
    /// runs the tests and ignores interrupts.</summary>
    public static CliProcess StartInterruptible(params string[] args) =>
        new(new ProcessStartInfo("env", ["--default-signal=INT", .. Program, .. args]));

    /// <summary>Starts it after a shell's commands, in the environment that they make.</summary>
    public static CliProcess StartAfter(
        string commands, (string Name, string Value)[] variables, params string[] args)
    {
        var start = new ProcessStartInfo(
            "bash", ["-c", commands + "; exec \"$@\"", "bash", .. Program, .. args]);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        return new CliProcess(start);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Cli> RunAsync(params string[] args)
    {
        using var process = Start(args);
        return await process.EndAsync();
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends a signal.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill",
            [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until a file exists, or the process has ended.</summary>
    public async Task WaitForAsync(string path)
    {
        while (!HasExited && !File.Exists(path))
        {
            await Task.Delay(2);
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<Cli> EndAsync()
    {
        await _process.WaitForExitAsync();
        return new Cli(_process.ExitCode, await _out, await _error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }
}

/// <summary>What a run's folder holds.</summary>
internal static class RunFolder
{
    /// <summary>The bytes of the last checkpoint's weights.</summary>
    public static byte[] Weights(string folder) =>
        File.ReadAllBytes(Path.Combine(Last(folder)!, "model.safetensors"));

    /// <summary>The bytes of its optimizer's state.</summary>
    public static byte[] Optimizer(string folder) =>
        File.ReadAllBytes(Path.Combine(Last(folder)!, "optimizer.safetensors"));

    /// <summary>The step of the last checkpoint, or 0.</summary>
    public static long LastStep(string folder) => Last(folder) is { } checkpoint
        ? (long)JsonNode.Parse(File.ReadAllText(Path.Combine(checkpoint, "state.json")))!["step"]!
        : 0;

    private static string? Last(string folder) => new Training.CheckpointStore(folder).Last;
}
