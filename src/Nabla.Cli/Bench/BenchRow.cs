namespace Nabla.Cli.Bench;

/// <summary>One line of the table.</summary>
/// <param name="Name">The workload.</param>
/// <param name="OursMs">Our best time of a step.</param>
/// <param name="OursMedianMs">Our median time.</param>
/// <param name="Peer">Who it is compared with, and at what setting, or null.</param>
/// <param name="PeerMs">Its best time.</param>
/// <param name="PeerMedianMs">Its median time.</param>
/// <param name="FloorMs">Operations over the peak measured in this run.</param>
/// <param name="LossDifference">The largest relative difference of 20 losses.</param>
internal sealed record BenchRow(string Name, double OursMs, double OursMedianMs, string? Peer,
    double? PeerMs, double? PeerMedianMs, double FloorMs, double? LossDifference)
{
    /// <summary>Our best over the peer's best.</summary>
    public double? Ratio => OursMs / PeerMs;
}
