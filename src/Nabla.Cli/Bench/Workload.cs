namespace Nabla.Cli.Bench;

/// <summary>Something that is timed, here and at the peer.</summary>
internal abstract class Workload
{
    /// <summary>The row's name.</summary>
    public abstract string Name { get; }

    /// <summary>Floating-point operations of a step, for the floor.</summary>
    public abstract double Flops { get; }

    /// <summary>Whether PyTorch may gain from channels_last here.</summary>
    public virtual bool HasImages => false;

    /// <summary>Writes weights and data for the peer, before the first step.</summary>
    public virtual void Save(string folder)
    {
    }

    /// <summary>How far results are from the peer's, relative, or null where there is nothing to
    /// compare.</summary>
    /// <param name="peer">A peer that was just started.</param>
    /// <param name="folder">Where the peer writes large results.</param>
    public virtual double? Compare(Peer peer, string folder) => null;

    /// <summary>One step; returns its loss.</summary>
    public abstract double Step();
}
