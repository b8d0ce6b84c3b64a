using System.Diagnostics;
using System.Text.Json.Nodes;
using Nabla.Kernels.Cpu;

namespace Nabla.Cli.Bench;

/// <summary>ONNX Runtime in a Node.js process, on networks that PyTorch exports.</summary>
internal static class OnnxRuntimePeer
{
    private const string Program = "onnxruntime_peer.cjs";

    /// <summary>Why there is no peer here and what to install, or null when there is one.</summary>
    public static string? Missing()
    {
        if (Peer.Script(Program) is not { } script)
        {
            return $"bench/peers/{Program} was not found; run from a checkout";
        }
        if (!Peer.Works("node", Path.GetDirectoryName(script), "-e", "require('onnxruntime-node')"))
        {
            return "ONNX Runtime is not installed: cd bench/peers && npm install --ignore-scripts";
        }
        return PyTorchPeer.Missing() is { } reason
            ? $"PyTorch exports its networks; {reason}"
            : null;
    }

    /// <summary>Starts a workload, whose network PyTorch exports first.</summary>
    public static IEnumerable<Func<Peer>> Settings(Workload work, string folder)
    {
        PyTorchPeer.Export(work, folder);
        yield return () => new Peer("ONNX Runtime", $"{WorkerTeam.Threads} threads",
            new ProcessStartInfo("node", [Peer.Script(Program)!]),
            new JsonObject { ["folder"] = folder, ["threads"] = WorkerTeam.Threads });
    }
}
