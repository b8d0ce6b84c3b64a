namespace Nabla.Cli.Bench;

/// <summary>A row that can be asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Peer">Whom it is compared with.</param>
/// <param name="Make">Makes it; its tensors are made when it runs.</param>
internal sealed record WorkloadEntry(string Name, PeerKind Peer, Func<Workload> Make);
