namespace Nabla.Cli.Bench;

/// <summary>The peers by kind.</summary>
internal static class Peers
{
    /// <summary>A peer's name.</summary>
    public static string NameOf(PeerKind kind) =>
        kind == PeerKind.PyTorch ? "PyTorch" : "ONNX Runtime";

    /// <summary>Why a peer is not here and what to install, or null when it is.</summary>
    public static string? Missing(PeerKind kind) =>
        kind == PeerKind.PyTorch ? PyTorchPeer.Missing() : OnnxRuntimePeer.Missing();

    /// <summary>The settings of a peer in which it may be fastest.</summary>
    public static IEnumerable<Func<Peer>> Settings(PeerKind kind, Workload work, string folder) =>
        kind == PeerKind.PyTorch
            ? PyTorchPeer.Settings(work, folder)
            : OnnxRuntimePeer.Settings(work, folder);
}
