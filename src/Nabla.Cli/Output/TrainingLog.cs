using System.Diagnostics;
using System.Globalization;
using Nabla.Training;

namespace Nabla.Cli.Output;

/// <summary>Shows a run: a bar redrawn in a terminal, and a line for each epoch everywhere.
/// </summary>
internal sealed class TrainingLog(Terminal terminal) : Callback
{
    private const int BarWidth = 24;
    private const int ShortBarWidth = 10;
    private const string EraseLine = "\r\e[K";
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private readonly Stopwatch _sinceDrawn = new();

    /// <inheritdoc/>
    public override void OnFitStart(TrainingProgress progress)
    {
        if (progress.ResumedFromStep > 0)
        {
            terminal.Error.WriteLine($"going on from step {progress.ResumedFromStep}");
        }
    }

    /// <inheritdoc/>
    public override void OnStepEnd(TrainingProgress progress)
    {
        if (terminal.IsInteractive && !(_sinceDrawn.IsRunning && _sinceDrawn.Elapsed < s_pause))
        {
            _sinceDrawn.Restart();
            var bar = Bar(progress, isShort: false);
            terminal.Error.Write(EraseLine + Cut(
                bar.Length < terminal.ErrorWidth ? bar : Bar(progress, isShort: true)));
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingProgress progress)
    {
        var line = EpochLine(progress, isShort: false);
        WriteLine(line.Length <= terminal.ErrorWidth
            ? line
            : EpochLine(progress, isShort: true));
    }

    /// <inheritdoc/>
    public override void OnWarning(TrainingProgress progress, string message) =>
        WriteLine(Terminal.Wrapped($"warning: {message}", terminal.ErrorWidth));

    /// <inheritdoc/>
    public override void OnFitEnd(TrainingProgress progress)
    {
        if (terminal.IsInteractive)
        {
            terminal.Error.Write(EraseLine);
        }
    }

    private void WriteLine(string line)
    {
        terminal.Error.WriteLine((terminal.IsInteractive ? EraseLine : "") + line);
        _sinceDrawn.Reset();
    }

    private static string EpochLine(TrainingProgress progress, bool isShort)
    {
        var line = $"{Epoch(progress)}  {Averages(progress.Train, "loss", "acc ")}";
        if (progress.Validation is { } validation)
        {
            line += isShort
                ? $"  {Averages(validation, "val", "")}"
                : $"  {Averages(validation, "val loss", "val acc ")}";
        }
        return $"{line}  {Speed(progress, isShort)}";
    }

    private static string Bar(TrainingProgress progress, bool isShort)
    {
        var width = isShort ? ShortBarWidth : BarWidth;
        var done = (double)progress.StepInEpoch / progress.StepsPerEpoch;
        var full = (int)(done * width);
        var bar = new string('━', full) + new string('─', width - full);
        return $"{Epoch(progress)} {bar} {100 * done,3:0}%  "
            + $"{Averages(progress.Train, "loss", "acc ")}  {Speed(progress, isShort)}";
    }

    private static string Epoch(TrainingProgress progress)
    {
        var last = $"{progress.Epochs}";
        return $"epoch {$"{progress.Epoch + 1}".PadLeft(last.Length)}/{last}";
    }

    private static string Averages(Averages averages, string lossName, string accuracyName)
    {
        var loss = string.Create(
            CultureInfo.InvariantCulture, $"{lossName} {averages.Loss:0.0000}");
        // As wide as 100.00%, so that the columns below one another stay there.
        return averages.Has("accuracy")
            ? string.Create(CultureInfo.InvariantCulture,
                $"{loss}  {accuracyName}{averages["accuracy"],7:0.00%}")
            : loss;
    }

    private static string Speed(TrainingProgress progress, bool isShort) => string.Create(
        CultureInfo.InvariantCulture, $"{progress.SamplesPerSecond:#,0}"
            + $"{(isShort ? "/s" : " samples/s")}  {Left(progress.TimeLeft)} left");

    private static string Left(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time:mm\\:ss}"
        : $"{(int)time.TotalMinutes}:{time:ss}";

    /// <summary>A line that is too long would wrap, and then not be redrawn in place.</summary>
    private string Cut(string line)
    {
        var width = Math.Max(20, terminal.ErrorWidth - 1);
        return line.Length <= width ? line : line[..width];
    }
}
