using Nabla.Data.Sources;

namespace Nabla.Cli.Output;

/// <summary>Says how a download goes: a line redrawn in a terminal, a line per file in a log.
/// </summary>
internal sealed class DownloadLog(Terminal terminal) : IProgress<DownloadProgress>
{
    private readonly Lock _gate = new();
    private string? _file;
    private int _percent = -1;

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        lock (_gate)
        {
            if (value.File != _file)
            {
                (_file, _percent) = (value.File, -1);
                if (!terminal.IsInteractive)
                {
                    terminal.Error.WriteLine(
                        $"downloading {value.File} ({value.Total / 1e6:0.0} MB)");
                }
            }
            var percent = (int)(100 * value.Fraction);
            if (terminal.IsInteractive && percent != _percent)
            {
                _percent = percent;
                terminal.Error.Write($"\rdownloading {value.File} {percent,3} %");
                if (value.Received == value.Total)
                {
                    terminal.Error.WriteLine();
                }
            }
        }
    }
}
