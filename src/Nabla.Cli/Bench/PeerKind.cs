namespace Nabla.Cli.Bench;

/// <summary>Whom a row is compared with.</summary>
internal enum PeerKind
{
    /// <summary>PyTorch, for training.</summary>
    PyTorch,

    /// <summary>ONNX Runtime, for inference.</summary>
    OnnxRuntime,
}
