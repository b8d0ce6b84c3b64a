using System.Diagnostics;

namespace Nabla.Cli.Tests;

/// <summary>A run that is killed at any moment goes on to the unbroken run's bits.</summary>
public sealed class KillTests : IDisposable
{
    // Saving every third step, a kill often falls into the writing of a checkpoint.
    private static readonly string[] s_train =
        ["train", "--epochs", "2", "--seed", "7", "--checkpoint-every", "3", "--json", "--out"];

    private readonly string _temp = Directory.CreateTempSubdirectory("nabla-kill-").FullName;

    /// <summary>Kills in the fast suite, and in <c>./test --all</c>.</summary>
    private static int Kills => Environment.GetEnvironmentVariable("NABLA_TEST_ALL") == "1"
        ? 20 : 3;

    [Fact]
    public async Task A_run_killed_at_random_moments_resumes_to_the_unbroken_runs_bits()
    {
        var whole = Path.Combine(_temp, "whole");
        using var unbroken = CliProcess.Start([.. s_train, whole]);
        await unbroken.WaitForAsync(Path.Combine(whole, "run.json"));
        var clock = Stopwatch.StartNew();
        var expected = await unbroken.EndAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        Assert.True(expected.Code == 0, expected.Error);

        var random = new Random(20);
        var resumed = 0;
        for (var i = 0; i < Kills; i++)
        {
            var folder = Path.Combine(_temp, $"killed{i}");
            using (var victim = CliProcess.Start([.. s_train, folder]))
            {
                // The first kill may come before any checkpoint; the others come after one, however
                // slow the machine.
                await victim.WaitForAsync(Path.Combine(folder, i == 0 ? "run.json" : "last"));
                await Task.Delay(TimeSpan.FromSeconds(seconds * 0.9 * random.NextDouble()));
                victim.Kill();
                await victim.EndAsync();
            }
            var from = RunFolder.LastStep(folder);
            var end = await CliProcess.RunAsync(
                "train", "--resume", "--checkpoint-every", "3", "--json", "--out", folder);

            Assert.True(end.Code == 0, $"kill {i}, step {from}: {end.Error}");
            Assert.Equal(from, (long)end.Json["resumed_from_step"]!);
            Assert.Equal(RunFolder.Weights(whole), RunFolder.Weights(folder));
            Assert.Equal(RunFolder.Optimizer(whole), RunFolder.Optimizer(folder));
            foreach (var key in new[] { "train_loss", "test_loss", "test_accuracy" })
            {
                Assert.Equal((double)expected.Json[key]!, (double)end.Json[key]!);
            }
            resumed += from > 0 ? 1 : 0;
        }
        Assert.True(resumed > 0, "no kill came after a checkpoint");
    }

    [Fact]
    public async Task Interrupting_saves_says_how_to_go_on_and_exits_with_130()
    {
        var folder = Path.Combine(_temp, "interrupted");
        using var process = CliProcess.StartInterruptible(
            "train", "--epochs", "50", "--seed", "1", "--checkpoint-every", "5", "--out", folder);
        await process.WaitForAsync(Path.Combine(folder, "last"));
        process.Signal("INT");
        var end = await process.EndAsync();
        Assert.Equal(130, end.Code);
        Assert.Contains($"nabla train --resume --out {folder}", end.Sentence,
            StringComparison.Ordinal);
        Assert.InRange(RunFolder.LastStep(folder), 5, 999);
        Assert.Equal(0, (await CliProcess.RunAsync("eval", "--run", folder)).Code);
    }

    [Fact]
    public async Task A_seed_gives_the_same_bits_twice_with_one_thread_and_with_two()
    {
        var folders = new List<string>();
        var losses = new HashSet<double>();
        foreach (var threads in new[] { "2", "2", "1" })
        {
            var folder = Path.Combine(_temp, $"threads{folders.Count}");
            var end = await CliProcess.RunAsync("train", "--epochs", "1", "--seed", "7", "--json",
                "--threads", threads, "--out", folder);
            Assert.True(end.Code == 0, end.Error);
            folders.Add(folder);
            losses.Add((double)end.Json["train_loss"]!);
        }
        Assert.Single(losses);
        Assert.Equal(RunFolder.Weights(folders[0]), RunFolder.Weights(folders[1]));
        Assert.Equal(RunFolder.Weights(folders[0]), RunFolder.Weights(folders[2]));

        var other = Path.Combine(_temp, "seed8");
        await CliProcess.RunAsync("train", "--epochs", "1", "--seed", "8", "--out", other);
        Assert.NotEqual(RunFolder.Weights(folders[0]), RunFolder.Weights(other));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_temp, recursive: true);
}
