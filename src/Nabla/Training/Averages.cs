namespace Nabla.Training;

/// <summary>Loss and metrics, averaged over the samples seen so far.</summary>
public sealed class Averages
{
    private readonly double[] _sums;

    internal Averages(IReadOnlyList<Metric> metrics)
    {
        Names = [.. metrics.Select(m => m.Name)];
        _sums = new double[metrics.Count + 1];
    }

    /// <summary>The metrics' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Samples seen.</summary>
    public long Samples { get; private set; }

    /// <summary>The mean loss of a sample; no number before the first.</summary>
    public double Loss => _sums[0] / Samples;

    /// <summary>The mean of a metric; no number before the first sample.</summary>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    public double this[string name] => Index(name) is >= 0 and var i
        ? _sums[i + 1] / Samples
        : throw new KeyNotFoundException($"there is no metric '{name}'; there is: "
            + string.Join(", ", Names.DefaultIfEmpty("none")));

    /// <summary>Whether there is a metric of this name.</summary>
    public bool Has(string name) => Index(name) >= 0;

    internal ReadOnlySpan<double> Sums => _sums;

    /// <summary>Adds a batch: its mean loss, then each metric's sum.</summary>
    internal void Add(int samples, double loss, ReadOnlySpan<double> metricSums)
    {
        Samples += samples;
        _sums[0] += loss * samples;
        for (var i = 0; i < metricSums.Length; i++)
        {
            _sums[i + 1] += metricSums[i];
        }
    }

    internal void Reset()
    {
        Samples = 0;
        Array.Clear(_sums);
    }

    internal void Restore(long samples, ReadOnlySpan<double> sums)
    {
        Samples = samples;
        sums.CopyTo(_sums);
    }

    private int Index(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
            {
                return i;
            }
        }
        return -1;
    }
}
