using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Nabla.Cli.Bench;

/// <summary>A Python process with PyTorch that runs a workload when asked.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private readonly Process _process;

    private PyTorchPeer(Process process, string setting)
    {
        _process = process;
        Setting = setting;
    }

    /// <summary>Threads, instruction set and layout.</summary>
    public string Setting { get; }

    /// <summary>PyTorch's version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Why there is no peer here and what to install, or null when there is one.</summary>
    public static string? Missing()
    {
        if (Script() is null)
        {
            return "bench/peers/pytorch_peer.py was not found; run from a checkout";
        }
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(Python(), ["-c", "import torch"])
            {
                RedirectStandardError = true,
            })!;
            probe.WaitForExit();
            return probe.ExitCode == 0
                ? null
                : "PyTorch is not installed: apt-get install python3-torch libopenblas0-openmp";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Python is not installed: apt-get install python3-torch libopenblas0-openmp";
        }
    }

    /// <summary>Starts one setting of a workload.</summary>
    public static PyTorchPeer Start(
        string workload, string folder, int threads, bool avx512, bool channelsLast)
    {
        var info = new ProcessStartInfo(Python(), [Script()!])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["NABLA_PEER_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        info.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        info.Environment["ATEN_CPU_CAPABILITY"] = avx512 ? "avx512" : "avx2";
        var process = Process.Start(info)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var setting = $"{threads} threads, {(avx512 ? "avx512" : "avx2")}"
            + (channelsLast ? ", channels_last" : "");
        var peer = new PyTorchPeer(process, setting);
        var answer = peer.Ask(new JsonObject
        {
            ["do"] = "load",
            ["workload"] = workload,
            ["folder"] = folder,
            ["channels_last"] = channelsLast,
        });
        peer.Version = (string)answer["version"]!;
        return peer;
    }

    /// <summary>Losses of training steps from the start.</summary>
    public double[] Losses(int steps) => Numbers("losses", steps, "losses");

    /// <summary>Milliseconds of steps.</summary>
    public double[] Time(int steps) => Numbers("time", steps, "ms");

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
        var line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("the PyTorch peer stopped without an answer");
        return JsonNode.Parse(line)!;
    }

    private static string Python() =>
        Environment.GetEnvironmentVariable("NABLA_PYTHON")
        ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    private static string? Script()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null;
            folder = Path.GetDirectoryName(folder))
        {
            var script = Path.Combine(folder, "bench", "peers", "pytorch_peer.py");
            if (File.Exists(script))
            {
                return script;
            }
        }
        return null;
    }
}
