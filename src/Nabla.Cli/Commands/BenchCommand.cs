using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Bench;
using Nabla.Cli.Output;
using Nabla.Kernels.Cpu;
using Nabla.Models;
using Spectre.Console;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla bench</c>: how fast steps are, beside the peers' in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal)
    {
        var peers = new Option<bool>("--peers")
        {
            Description = "Time PyTorch beside, with equal weights, data and threads.",
        };
        var filter = new Option<string?>("--filter")
        {
            Description = "Only rows whose name contains this.",
            HelpName = "TEXT",
        };
        // A row's own process: its peak of memory is the row's.
        var row = new Option<string?>("--row") { Hidden = true };
        var threads = CommonOptions.Threads();
        var json = CommonOptions.Json();
        var command = new Command("bench", "Time training steps and matrix products.")
        {
            peers, filter, threads, json, row,
        };
        command.SetAction((parsed, cancel) =>
        {
            if (parsed.GetValue(threads) is { } n)
            {
                WorkerTeam.Threads = n;
            }
            return parsed.GetValue(row) is { } one
                ? Task.FromResult(Row(terminal, one, parsed.GetValue(peers)))
                : RunAsync(terminal, Chosen(parsed.GetValue(filter)), parsed.GetValue(peers),
                    parsed.GetValue(json), cancel);
        });
        return command;
    }

    private static List<string> Chosen(string? filter)
    {
        var names = Workloads.All.Select(w => w.Name)
            .Where(name => filter is null || name.Contains(filter, StringComparison.Ordinal))
            .ToList();
        return names.Count > 0 ? names : throw new UsageException(
            $"--filter {filter} names no row; known: "
            + string.Join(", ", Workloads.All.Select(w => w.Name)));
    }

    private static int Row(Terminal terminal, string name, bool peers)
    {
        var make = Choice.Find("row", name, Workloads.All, w => w.Name).Make;
        terminal.Out.WriteLine(Json.Line(BenchRunner.Run(make, peers).Write));
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(Terminal terminal, List<string> names, bool peers,
        bool json, CancellationToken cancel)
    {
        var missing = peers ? PyTorchPeer.Missing() : null;
        if (missing is not null)
        {
            terminal.Error.WriteLine($"nabla: PyTorch is skipped: {missing}");
        }
        var machine = new Machine();
        var rows = new List<BenchRow>();
        foreach (var name in names)
        {
            terminal.Error.WriteLine($"{name} …");
            machine.MeasurePeak();
            rows.Add(await BenchProcess.RunAsync(
                name, peers && missing is null, machine.Threads, cancel));
        }
        machine.MeasurePeak();
        var done = rows.ConvertAll(row => row with { PeakGflops = machine.PeakGflops });
        Write(terminal, machine, done);
        if (json)
        {
            terminal.Out.WriteLine(ToJson(machine, done, missing));
        }
        return ExitCode.Done;
    }

    private static string ToJson(Machine machine, List<BenchRow> rows, string? missing) =>
        Json.Line(json =>
        {
            json.WriteStartObject("machine");
            machine.Write(json);
            json.WriteEndObject();
            json.WriteStartArray("rows");
            foreach (var row in rows)
            {
                json.WriteStartObject();
                row.Write(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("skipped");
            if (missing is not null)
            {
                json.WriteStartObject();
                json.WriteString("peer", "PyTorch");
                json.WriteString("reason", missing);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

    private static void Write(Terminal terminal, Machine machine, List<BenchRow> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("step");
        foreach (var title in new[]
        {
            "ours ms", "median", "peer ms", "median", "ratio", "floor ms", "GFLOP/s", "ours MiB",
            "peer MiB", "losses differ",
        })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }
        table.AddColumn("peer");
        foreach (var row in rows)
        {
            table.AddRow(row.Name, Text(row.OursMs, "0.000"), Text(row.OursMedianMs, "0.000"),
                Text(row.PeerMs, "0.000"), Text(row.PeerMedianMs, "0.000"),
                Text(row.Ratio, "0.00"), Text(row.FloorMs, "0.000"), Text(row.Gflops, "0"),
                Text(row.OursPeakMb, "0.0"), Text(row.PeerPeakMb, "0.0"),
                Text(row.LossDifference, "0.0e0"), Markup.Escape(row.Peer ?? ""));
        }
        terminal.Tables.Write(table);
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{machine.Processor}, {machine.Threads} threads, {machine.Simd}: at most "
            + $"{machine.PeakGflops:0} GFLOP/s and {machine.Bandwidth:0} GB/s in this run. ")
            + "Times are the best of many steps; memory is the peak over what the process held "
            + "after start-up.");
    }

    private static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
