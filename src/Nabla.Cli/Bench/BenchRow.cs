using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;

namespace Nabla.Cli.Bench;

/// <summary>One line of the table: times of a step, best of many.</summary>
internal sealed record BenchRow
{
    /// <summary>The workload.</summary>
    public required string Name { get; init; }

    /// <summary>Our best time of a step.</summary>
    public required double OursMs { get; init; }

    /// <summary>Our median time.</summary>
    public required double OursMedianMs { get; init; }

    /// <summary>Who it is compared with, and at what setting, or null.</summary>
    public string? Peer { get; init; }

    /// <summary>The peer's best time.</summary>
    public double? PeerMs { get; init; }

    /// <summary>Its median time.</summary>
    public double? PeerMedianMs { get; init; }

    /// <summary>Our best over the peer's best.</summary>
    public double? Ratio => OursMs / PeerMs;

    /// <summary>Floating-point operations of a step.</summary>
    public required double Flops { get; init; }

    /// <summary>Bytes that a step has to move from and to memory.</summary>
    public double Bytes { get; init; }

    /// <summary>GFLOP/s that the machine gave at most for as long as a step, between the rounds.
    /// </summary>
    public required double PeakGflops { get; init; }

    /// <summary>GB/s that memory gave at most.</summary>
    public double? Bandwidth { get; init; }

    /// <summary>The larger of the direct sums' time at the peak and the bytes' time: only another
    /// algorithm, such as Winograd's, is faster.</summary>
    public double FloorMs => Math.Max(Flops / PeakGflops / 1e6, Bytes / Bandwidth / 1e6 ?? 0);

    /// <summary>Our GFLOP/s at our best.</summary>
    public double Gflops => Flops / OursMs / 1e6;

    /// <summary>MiB of memory that we held at most, over what the process held after start-up.
    /// </summary>
    public double? OursPeakMb { get; init; }

    /// <summary>The peer's.</summary>
    public double? PeerPeakMb { get; init; }

    /// <summary>The largest relative difference of 20 losses, or of outputs, from equal weights.
    /// </summary>
    public double? Difference { get; init; }

    /// <summary>The row as a JSON object's properties.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("name", Name);
        json.Number("ours_ms", Round(OursMs));
        json.WriteString("peer", Peer);
        json.Number("peer_ms", Round(PeerMs));
        json.Number("ratio", Round(Ratio));
        json.Number("floor_ms", Round(FloorMs));
        json.Number("ours_peak_mb", Round(OursPeakMb));
        json.Number("peer_peak_mb", Round(PeerPeakMb));
        json.Number("ours_median_ms", Round(OursMedianMs));
        json.Number("peer_median_ms", Round(PeerMedianMs));
        json.Number("gflops", Round(Gflops));
        json.Number("peak_gflops", Round(PeakGflops));
        json.Number("flops", Flops);
        json.Number("bytes", Bytes);
        json.Number("difference", Difference);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static BenchRow Read(JsonObject json) => new()
    {
        Name = (string)json["name"]!,
        OursMs = (double)json["ours_ms"]!,
        OursMedianMs = (double)json["ours_median_ms"]!,
        Peer = (string?)json["peer"],
        PeerMs = (double?)json["peer_ms"],
        PeerMedianMs = (double?)json["peer_median_ms"],
        Flops = (double)json["flops"]!,
        Bytes = (double)json["bytes"]!,
        PeakGflops = (double)json["peak_gflops"]!,
        OursPeakMb = (double?)json["ours_peak_mb"],
        PeerPeakMb = (double?)json["peer_peak_mb"],
        Difference = (double?)json["difference"],
    };

    private static double? Round(double? value) =>
        value is { } x && double.IsFinite(x) ? Math.Round(x, 4) : null;
}
