using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Nabla.Cli.Bench;

/// <summary>Another framework in a process of its own, which runs a workload when asked: a JSON
/// request a line, a JSON answer a line.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it and has it load a workload.</summary>
    /// <param name="name">The framework's.</param>
    /// <param name="setting">How it is set, in words.</param>
    /// <param name="start">The command.</param>
    /// <param name="load">What it is to load.</param>
    public Peer(string name, string setting, ProcessStartInfo start, JsonObject load)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => LastError = line.Data ?? LastError;
        _process.BeginErrorReadLine();
        load["do"] = "load";
        Description = $"{name} {(string)Ask(load)["version"]!} ({setting})";
    }

    /// <summary>Name, version and setting.</summary>
    public string Description { get; }

    private string LastError { get; set; } = "";

    /// <summary>A file of bench/peers, or null outside a checkout.</summary>
    public static string? Script(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null;
            folder = Path.GetDirectoryName(folder))
        {
            var script = Path.Combine(folder, "bench", "peers", name);
            if (File.Exists(script))
            {
                return script;
            }
        }
        return null;
    }

    /// <summary>Whether a command ends well; false where it is not installed.</summary>
    public static bool Works(string command, string? folder, params string[] arguments)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(command, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = folder ?? "",
            })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Losses of the first training steps.</summary>
    public double[] Losses(int steps) => Numbers("losses", steps, "losses");

    /// <summary>Milliseconds of steps.</summary>
    public double[] Time(int steps) => Numbers("time", steps, "ms");

    /// <summary>Writes the outputs as <c>y.raw</c>.</summary>
    public void WriteOutputs() => Ask(new JsonObject { ["do"] = "outputs" });

    /// <summary>MiB that it held at most, over what it held after start-up.</summary>
    public double PeakMemory() =>
        (double)Ask(new JsonObject { ["do"] = "memory" })["peak_mb"]!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(2000))
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    private double[] Numbers(string what, int steps, string key) =>
        [.. Ask(new JsonObject { ["do"] = what, ["steps"] = steps })[key]!.AsArray()
            .Select(n => (double)n!)];

    private JsonNode Ask(JsonObject request)
    {
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine();
        if (line is null)
        {
            _process.WaitForExit();
            throw new InvalidOperationException(
                $"{Path.GetFileName(_process.StartInfo.ArgumentList[0])} stopped: {LastError}");
        }
        return JsonNode.Parse(line)!;
    }
}
