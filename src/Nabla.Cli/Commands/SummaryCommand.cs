using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Output;
using Nabla.Models;
using Nabla.Nn;
using Nabla.Tensors;
using Spectre.Console;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla summary</c>: what a model consists of and costs.</summary>
internal static class SummaryCommand
{
    private static readonly string[] Titles =
        ["layer", "type", "output", "parameters", "multiply-adds", "field", "memory"];

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string>("--model")
        {
            Description = "The model.",
            HelpName = "NAME",
            Required = true,
        };
        var input = Input();
        var json = CommonOptions.Json();
        var command = new Command("summary",
            "Show a model's layers: shapes, parameters, multiply-adds, receptive fields, memory.")
        {
            model, input, json,
        };
        command.SetAction(parsed =>
            Run(terminal, parsed.GetValue(model)!, parsed.GetValue(input), parsed.GetValue(json)));
        return command;
    }

    private static Option<Shape?> Input() => new("--input")
    {
        Description = "The shape of one input; else the model's usual one.",
        HelpName = "C,H,W",
        CustomParser = result => CommonOptions.Parse<Shape>(result, text =>
        {
            var sizes = text.Split(',', 'x', '×').Select(part =>
                long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                    ? n : 0).ToArray();
            return Array.TrueForAll(sizes, n => n is > 0 and < 1 << 20)
                ? (Shape?)new Shape(sizes) : null;
        }, "sizes above 0 such as 3,224,224"),
    };

    private static int Run(Terminal terminal, string name, Shape? input, bool json)
    {
        var entry = Choice.Model(name);
        var shape = new Shape([1, .. (input ?? entry.Input).Dims]);
        var network = entry.Create(entry.Classes);
        ModuleSummary summary;
        try
        {
            summary = ModuleSummary.Of(network, shape);
        }
        catch (ArgumentException e) when (input is { } asked)
        {
            throw new UsageException($"{entry.Name} does not take inputs of {asked} (its usual "
                + $"ones are {entry.Input}): {e.Message}");
        }
        if (json)
        {
            terminal.Out.WriteLine(ToJson(entry, shape, summary));
        }
        else
        {
            Write(terminal, entry, summary);
        }
        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, ModelEntry entry, ModuleSummary summary)
    {
        string[][] rows = [Titles, .. summary.Layers.Select(Cells)];
        // A terminal that is too narrow loses the last columns first.
        var columns = Titles.Length;
        while (columns > 3 && Width(rows, columns) > terminal.OutWidth)
        {
            columns--;
        }
        var table = new Table { Border = TableBorder.Simple };
        for (var i = 0; i < columns; i++)
        {
            var column = new TableColumn(Titles[i]);
            table.AddColumn(i < 3 ? column : column.RightAligned());
        }
        foreach (var row in rows[1..])
        {
            table.AddRow([.. row[..columns].Select(Markup.Escape)]);
        }
        terminal.Tables.Write(table);
        terminal.Tell(string.Create(CultureInfo.InvariantCulture,
            $"{entry.Name}: {summary.Parameters:#,0} parameters "
            + $"({Size(4 * summary.Parameters)}); for an input of {summary.Input}: "
            + $"{summary.MultiplyAdds:#,0} multiply-adds, "
            + $"{Size(summary.ActivationBytes)} of activations"));
    }

    /// <summary>The columns that a table takes: three between its own, two before them.</summary>
    private static int Width(string[][] rows, int columns) => Enumerable.Range(0, columns)
        .Sum(column => rows.Max(row => row[column].Length) + 3);

    private static string[] Cells(LayerSummary layer) =>
    [
        layer.Name, layer.Type, $"{layer.Output}", Count(layer.Parameters),
        Count(layer.MultiplyAdds), layer.ReceptiveField is { } field ? $"{field.Size}" : "",
        layer.ActivationBytes == 0 ? "" : Size(layer.ActivationBytes),
    ];

    private static string Count(long n) =>
        n == 0 ? "" : n.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:#,0.0} MiB");

    private static string ToJson(ModelEntry entry, Shape input, ModuleSummary summary) =>
        Json.Line(json =>
        {
            json.WriteString("model", entry.Name);
            json.WriteNumber("parameters", summary.Parameters);
            json.WriteNumber("multiply_adds", summary.MultiplyAdds);
            json.WriteStartArray("layers");
            foreach (var layer in summary.Layers)
            {
                json.WriteStartObject();
                json.WriteString("name", layer.Name);
                json.WriteString("type", layer.Type);
                json.Sizes("output_shape", layer.Output);
                json.WriteNumber("parameters", layer.Parameters);
                json.WriteNumber("multiply_adds", layer.MultiplyAdds);
                if (layer.ReceptiveField is { } field)
                {
                    json.Sizes("receptive_field", [field.Size.Height, field.Size.Width]);
                }
                else
                {
                    json.WriteNull("receptive_field");
                }
                json.WriteNumber("activation_bytes", layer.ActivationBytes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.Sizes("input", input);
            json.WriteNumber("activation_bytes", summary.ActivationBytes);
        });

    private static void Sizes(
        this Utf8JsonWriter json, string name, IEnumerable<long> sizes)
    {
        json.WriteStartArray(name);
        foreach (var size in sizes)
        {
            json.WriteNumberValue(size);
        }
        json.WriteEndArray();
    }
}
