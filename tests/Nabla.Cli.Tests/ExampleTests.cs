using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

/// <summary>Runs the programs of <c>examples/</c>, each as a user would.</summary>
public class ExampleTests
{
    [Fact]
    public async Task A_training_loop_by_hand_learns_the_digits()
    {
        var output = await RunExampleAsync("TrainingLoop");
        var accuracy = Regex.Match(output, @"test accuracy (\d+\.\d)").Groups[1].Value;
        Assert.InRange(double.Parse(accuracy, CultureInfo.InvariantCulture), 85, 100);
    }

    [Fact]
    public async Task A_module_of_ones_own_has_named_parameters_and_learns()
    {
        var output = await RunExampleAsync("CustomModule");
        Assert.Contains("inner.weight (32, 8)", output, StringComparison.Ordinal);
        Assert.Contains("loss from", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_op_of_ones_own_has_a_gradient_and_is_captured()
    {
        var output = await RunExampleAsync("CustomOp");
        Assert.Contains("y  = -0.667, -0.333, 0.333, 0.667", output, StringComparison.Ordinal);
        Assert.Contains("y' = 0.111, 0.444, 0.444, 0.111", output, StringComparison.Ordinal);
        Assert.Contains("captured: True, 2y(2) = 1.333", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_captured_step_gives_the_losses_of_the_eager_one() => Assert.Contains(
        "equal losses: True", await RunExampleAsync("CapturedStep"), StringComparison.Ordinal);

    [Fact]
    public async Task A_trimmed_program_without_run_time_code_trains_and_predicts()
    {
        var folder = Directory.CreateTempSubdirectory("nabla-trimmed-").FullName;
        var log = await RunAsync("dotnet", "publish", Path.Combine(Root, "examples",
            "TrimmedSample"), "-c", Configuration, "-o", folder, "-v", "minimal");
        Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
        var output = await RunAsync(Path.Combine(folder, "TrimmedSample"));
        Directory.Delete(folder, recursive: true);
        Assert.Contains("run-time code: False", output, StringComparison.Ordinal);
        var accuracy = Regex.Match(output, @"test accuracy (\d+\.\d)").Groups[1].Value;
        Assert.InRange(double.Parse(accuracy, CultureInfo.InvariantCulture), 85, 100);
    }

    private static string Configuration =>
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Root
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "Nabla.slnx")))
            {
                root = root.Parent ?? throw new DirectoryNotFoundException(
                    $"no folder above {AppContext.BaseDirectory} has Nabla.slnx");
            }
            return root.FullName;
        }
    }

    private static Task<string> RunExampleAsync(string example) => RunAsync(
        "dotnet", Path.Combine(Root, "examples", example, "bin", Configuration,
            new DirectoryInfo(AppContext.BaseDirectory).Name, example + ".dll"));

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {output}{await error}");
        return output;
    }
}
