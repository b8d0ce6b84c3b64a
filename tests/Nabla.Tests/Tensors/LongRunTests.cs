using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Nabla.Tests.Architecture;

namespace Nabla.Tests.Tensors;

/// <summary>
/// A raw training loop without one <c>using</c>, in a process of its own, so that the kernel's
/// high-water mark of resident memory is its own.
/// </summary>
public class LongRunTests
{
    private static readonly Lazy<string> Output = new(Run);

    [Fact]
    public void Memory_is_flat_from_step_200_to_step_3000() =>
        Assert.InRange(Figure("peak_kib_3000"), 1, 1.1 * Figure("peak_kib_200"));

    [Theory]
    [InlineData("losses_intact")]
    [InlineData("activations_intact")]
    [InlineData("spans_intact")]
    public void What_was_kept_on_the_way_holds_what_it_held(string what) =>
        Assert.Contains(what + "=True", Output.Value, StringComparison.Ordinal);

    private static double Figure(string name) => double.Parse(
        Regex.Match(Output.Value, name + @"=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Run()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Repository.Root, "tests", "Programs", "LongRun", "bin",
            output.Parent!.Name, output.Name, "LongRun.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, text);
        return text;
    }
}
