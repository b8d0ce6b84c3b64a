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
    private static readonly (string Title, bool OfPeer, Func<BenchRow, string> Cell)[] Columns =
    [
        ("step", false, row => row.Name),
        ("ours ms", false, row => Text(row.OursMs, "0.000")),
        ("median", false, row => Text(row.OursMedianMs, "0.000")),
        ("peer ms", true, row => Text(row.PeerMs, "0.000")),
        ("median", true, row => Text(row.PeerMedianMs, "0.000")),
        ("ratio", true, row => Text(row.Ratio, "0.00")),
        ("floor ms", false, row => Text(row.FloorMs, "0.000")),
        ("GFLOP/s", false, row => Text(row.Gflops, "0")),
        ("of peak", false, row => Text(row.PeakGflops, "0")),
        ("ours MiB", false, row => Text(row.OursPeakMb, "0.0")),
        ("peer MiB", true, row => Text(row.PeerPeakMb, "0.0")),
        ("differ", true, row => Text(row.Difference, "0.0e0")),
        ("peer", true, row => row.Peer ?? ""),
    ];

    public static Command Create(Terminal terminal)
    {
        var peers = new Option<bool>("--peers")
        {
            Description = "Time PyTorch or ONNX Runtime beside, with equal weights and data.",
        };
        var filter = new Option<string?>("--filter")
        {
            Description = "Only rows whose name contains this.",
            HelpName = "TEXT",
        };
        var near = new Option<bool>("--near")
        {
            Description = "Time sizes near the table's instead, which must do as well.",
        };
        // A row's own process: its peak of memory is the row's.
        var row = new Option<string?>("--row") { Hidden = true };
        var threads = CommonOptions.Threads();
        var json = CommonOptions.Json();
        var command = new Command("bench", "Time training steps and matrix products.")
        {
            peers, filter, near, threads, json, row,
        };
        command.SetAction((parsed, cancel) =>
        {
            if (parsed.GetValue(threads) is { } n)
            {
                WorkerTeam.Threads = n;
            }
            return parsed.GetValue(row) is { } one
                ? Task.FromResult(Row(terminal, one, parsed.GetValue(peers)))
                : RunAsync(terminal,
                    Chosen(parsed.GetValue(near) ? Workloads.Near : Workloads.All,
                        parsed.GetValue(filter)),
                    parsed.GetValue(peers), parsed.GetValue(json), cancel);
        });
        return command;
    }

    private static List<WorkloadEntry> Chosen(
        IReadOnlyList<WorkloadEntry> all, string? filter)
    {
        var rows = all.Where(row =>
            filter is null || row.Name.Contains(filter, StringComparison.Ordinal)).ToList();
        return rows.Count > 0 ? rows : throw new UsageException(
            $"--filter {filter} names no row; known: "
            + string.Join(", ", all.Select(w => w.Name)));
    }

    private static int Row(Terminal terminal, string name, bool peers)
    {
        var entry = Choice.Find(
            "row", name, [.. Workloads.All, .. Workloads.Near], w => w.Name);
        terminal.Out.WriteLine(Json.Line(BenchRunner.Run(entry, peers).Write));
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(Terminal terminal, List<WorkloadEntry> chosen,
        bool peers, bool json, CancellationToken cancel)
    {
        var missing = new List<(string Peer, string Reason)>();
        var present = new HashSet<PeerKind>();
        foreach (var kind in peers ? chosen.Select(row => row.Peer).Distinct() : [])
        {
            if (Peers.Missing(kind) is { } reason)
            {
                missing.Add((Peers.NameOf(kind), reason));
                terminal.Say($"nabla: {Peers.NameOf(kind)} is skipped: {reason}");
            }
            else
            {
                present.Add(kind);
            }
        }
        var machine = new Machine();
        var rows = new List<BenchRow>();
        var failed = false;
        foreach (var row in chosen)
        {
            terminal.Error.WriteLine($"{row.Name} …");
            try
            {
                rows.Add(await BenchProcess.RunAsync(
                    row.Name, present.Contains(row.Peer), machine.Threads, cancel));
            }
            catch (InvalidOperationException error)
            {
                // The other rows still tell something; the exit code tells of this one.
                failed = true;
                terminal.Say($"nabla: {error.Message}");
            }
        }
        var done = rows.ConvertAll(row => row with { Bandwidth = machine.Bandwidth });
        Write(terminal, machine, done);
        if (json)
        {
            terminal.Out.WriteLine(ToJson(machine, done, missing));
        }
        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    private static string ToJson(Machine machine, List<BenchRow> rows,
        List<(string Peer, string Reason)> missing) =>
        Json.Line(json =>
        {
            json.WriteStartObject("machine");
            machine.Write(json, Peak(rows));
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
            foreach (var (peer, reason) in missing)
            {
                json.WriteStartObject();
                json.WriteString("peer", peer);
                json.WriteString("reason", reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

    private static void Write(Terminal terminal, Machine machine, List<BenchRow> rows)
    {
        // Columns that no row fills would only push the others out of sight.
        var hasPeers = rows.Exists(row => row.Peer is not null);
        var columns = Columns.Where(column => hasPeers || !column.OfPeer).ToList();
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            var made = new TableColumn(column.Title);
            table.AddColumn(column.Title is "step" or "peer" ? made : made.RightAligned());
        }
        foreach (var row in rows)
        {
            table.AddRow([.. columns.Select(column => Markup.Escape(column.Cell(row)))]);
        }
        terminal.Tables.Write(table);
        terminal.Tell(string.Create(CultureInfo.InvariantCulture,
            $"{machine.Processor}, {machine.Threads} threads, {machine.Simd}: at most "
            + $"{Peak(rows):0} GFLOP/s and {machine.Bandwidth:0} GB/s in this run. ")
            + "Times are the best of many steps; memory is the peak over what the process held "
            + "after start-up.");
    }

    private static double Peak(List<BenchRow> rows) =>
        rows.Select(row => row.PeakGflops).DefaultIfEmpty().Max();

    private static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
