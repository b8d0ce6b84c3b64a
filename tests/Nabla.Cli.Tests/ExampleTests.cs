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
        var output = await RunAsync("TrainingLoop");
        var accuracy = Regex.Match(output, @"test accuracy (\d+\.\d)").Groups[1].Value;
        Assert.InRange(double.Parse(accuracy, CultureInfo.InvariantCulture), 85, 100);
    }

    [Fact]
    public async Task A_module_of_ones_own_has_named_parameters_and_learns()
    {
        var output = await RunAsync("CustomModule");
        Assert.Contains("inner.weight (32, 8)", output, StringComparison.Ordinal);
        Assert.Contains("loss from", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_op_of_ones_own_has_a_gradient_and_is_captured()
    {
        var output = await RunAsync("CustomOp");
        Assert.Contains("y  = -0.667, -0.333, 0.333, 0.667", output, StringComparison.Ordinal);
        Assert.Contains("y' = 0.111, 0.444, 0.444, 0.111", output, StringComparison.Ordinal);
        Assert.Contains("captured: True, 2y(2) = 1.333", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_captured_step_gives_the_losses_of_the_eager_one() => Assert.Contains(
        "equal losses: True", await RunAsync("CapturedStep"), StringComparison.Ordinal);

    private static async Task<string> RunAsync(string example)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent!.Name);
        var root = here;
        while (!File.Exists(Path.Combine(root.FullName, "Nabla.slnx")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException(
                $"no folder above {here} has Nabla.slnx");
        }
        var program = Path.Combine(root.FullName, "examples", example, "bin", configuration,
            framework, example + ".dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!, [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) != "dotnet")
        {
            start.FileName = "dotnet";
        }
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{example}: {output}{await error}");
        return output;
    }
}
