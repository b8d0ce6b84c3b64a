namespace Nabla.Cli.Bench;

/// <summary>Something that is timed, here and at the peer.</summary>
internal abstract class Workload
{
    /// <summary>The row's name.</summary>
    public abstract string Name { get; }

    /// <summary>Floating-point operations of a step, for the floor.</summary>
    public abstract double Flops { get; }

    /// <summary>Whether both sides' losses must agree before timing.</summary>
    public virtual bool HasLosses => true;

    /// <summary>Whether PyTorch may gain from channels_last here.</summary>
    public virtual bool HasImages => false;

    /// <summary>Writes weights and data for the peer.</summary>
    public virtual void Save(string folder)
    {
    }

    /// <summary>Back to the first weights.</summary>
    public abstract void Reset();

    /// <summary>One step; returns its loss.</summary>
    public abstract double Step();
}
