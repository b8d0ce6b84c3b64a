using Nabla.Tests.Architecture;
using Nabla.Tests.Infrastructure;
using Nabla.Training;

namespace Nabla.Tests.Training;

/// <summary>
/// Runs that former versions wrote, one of each format, kept in <c>Runs/</c>: each was stopped
/// after 13 of 30 steps, and must still be read and go on.
/// </summary>
public class FormerRunTests
{
    private static readonly TrainerOptions Options = new() { Epochs = 3, KeepCheckpoints = 1 };

    public static TheoryData<int> Formats =>
        [.. Enumerable.Range(1, CheckpointStore.FormatVersion)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_run_of_an_older_format_goes_on(int format)
    {
        using var folder = new TempFolder();
        Copy(Path.Combine(Repository.Root, "tests", "Nabla.Tests", "Training", "Runs",
            $"format-{format}"), folder.Path);
        var run = new TinyRun(Options with { Folder = folder.Path, Resume = true });
        var progress = run.Trainer.Fit(TinyRun.Data());
        Assert.Equal((13, 30), (progress.ResumedFromStep, progress.Step));

        // Rounding differs between SIMD levels; the run on one of them is compared bit by bit
        // elsewhere.
        var unbroken = new TinyRun(Options);
        unbroken.Trainer.Fit(TinyRun.Data());
        Assert.All(unbroken.Weights().Zip(run.Weights()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
    }
}
