using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Nabla.Cli.Bench;

/// <summary>Measures a row in a process of its own: its peak of memory is then the row's.</summary>
internal static class BenchProcess
{
    /// <summary>Measures a row. Beside a peer, our memory is that of another process without one:
    /// the files and pipes that serve the peer are not the row's, nor in the peer's figure.
    /// </summary>
    /// <exception cref="InvalidOperationException">It failed; its message is given.</exception>
    public static async Task<BenchRow> RunAsync(
        string row, bool peers, int threads, CancellationToken cancel)
    {
        var result = await MeasureAsync(row, peers, threads, cancel);
        if (result.Peer is null)
        {
            return result;
        }
        var alone = await MeasureAsync(row, peers: false, threads, cancel);
        return result with { OursPeakMb = alone.OursPeakMb };
    }

    /// <summary>Runs <c>nabla bench --row</c> and reads its answer.</summary>
    private static async Task<BenchRow> MeasureAsync(
        string row, bool peers, int threads, CancellationToken cancel)
    {
        using var process = Process.Start(Command(row, peers, threads))!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancel);
            var output = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
            {
                var message = (await error).Trim().Split('\n')[0];
                throw new InvalidOperationException(
                    message.Replace("nabla: ", "", StringComparison.Ordinal));
            }
            return BenchRow.Read(JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!.AsObject());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProcessStartInfo Command(string row, bool peers, int threads)
    {
        // The program may run as `dotnet Nabla.Cli.dll`, or as an executable of its own.
        var program = Path.Combine(AppContext.BaseDirectory, "Nabla.Cli.dll");
        var host = Environment.ProcessPath!;
        var start = File.Exists(program)
            ? new ProcessStartInfo(
                Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [program])
            : new ProcessStartInfo(host);
        foreach (var argument in (string[])["bench", "--row", row, "--threads",
            threads.ToString(CultureInfo.InvariantCulture), .. peers ? ["--peers"] : (string[])[]])
        {
            start.ArgumentList.Add(argument);
        }
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return start;
    }
}
