namespace Nabla.Data.Sources;

/// <summary>How far a download is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Received">Bytes on disk so far, those of an earlier try included.</param>
/// <param name="Total">The file's length in bytes.</param>
public readonly record struct DownloadProgress(string File, long Received, long Total)
{
    /// <summary>The part done, 0 to 1.</summary>
    public double Fraction => Total > 0 ? Math.Min(1, (double)Received / Total) : 0;
}
