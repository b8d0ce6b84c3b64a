using System.Globalization;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>How long one op of a compiled graph takes.</summary>
/// <param name="Op">The op's name.</param>
/// <param name="Output">The shape of its output.</param>
/// <param name="Milliseconds">The best of some runs.</param>
/// <param name="MultiplyAdds">Its multiply-adds, by definition rather than by algorithm; 0 for ops
/// that are no products.</param>
public sealed record OpTiming(string Op, Shape Output, double Milliseconds, long MultiplyAdds)
{
    /// <summary>Multiplications and additions in 10⁹ a second.</summary>
    public double GigaflopsPerSecond =>
        Milliseconds > 0 ? 2e-6 * MultiplyAdds / Milliseconds : 0;

    /// <summary>A line of a table: milliseconds, GFLOP/s, op and shape.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Milliseconds,9:F3} ms {(MultiplyAdds > 0 ? $"{GigaflopsPerSecond:F0}" : ""),6} "
            + $"GFLOP/s  {Op} {Output}");
}
