namespace Nabla.Cli.Bench;

/// <summary>Something that is timed, here and at the peer.</summary>
internal abstract class Workload
{
    /// <summary>The row's name.</summary>
    public abstract string Name { get; }

    /// <summary>Floating-point operations of a step, for the floor.</summary>
    public abstract double Flops { get; }

    /// <summary>Bytes that a step has to read from memory and write there, because they outgrow
    /// every cache.</summary>
    public virtual double Bytes => 0;

    /// <summary>Whether PyTorch may gain from channels_last here.</summary>
    public virtual bool HasImages => false;

    /// <summary>Writes weights and data for the peer, before the first step.</summary>
    public virtual void Save(string folder)
    {
    }

    /// <summary>How far results are from the peers' at most, relative.</summary>
    /// <param name="peers">Peers that were just started.</param>
    /// <param name="folder">Where a peer writes large results.</param>
    public abstract double Compare(IReadOnlyList<Peer> peers, string folder);

    /// <summary>One step; returns its loss.</summary>
    public abstract double Step();
}
