using System.CommandLine;
using Nabla.Cli.Output;
using Nabla.Data.Sources;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla data</c>: which data sets there are, and fetching one.</summary>
internal static class DataCommand
{
    public static Command Create(Terminal terminal) => new("data", "Data sets: list and get.")
    {
        CreateList(terminal),
        CreateGet(terminal),
    };

    private static Command CreateList(Terminal terminal)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List the data sets and whether they are here.") { json };
        command.SetAction(parsed => List(terminal, parsed.GetValue(json)));
        return command;
    }

    private static Command CreateGet(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "A name from data list." };
        var json = CommonOptions.Json();
        var command = new Command("get", "Download a data set, unless it is here.") { name, json };
        command.SetAction((parsed, cancel) =>
            GetAsync(terminal, parsed.GetValue(name)!, parsed.GetValue(json), cancel));
        return command;
    }

    private static void List(Terminal terminal, bool json)
    {
        var locator = new DataLocator();
        if (json)
        {
            terminal.Out.WriteLine(Json.Line(o =>
            {
                o.WriteStartArray("data");
                foreach (var source in DataSets.All)
                {
                    o.WriteStartObject();
                    o.WriteString("name", source.Name);
                    o.WriteString("description", source.Description);
                    o.WriteString("licence", source.Licence);
                    o.WriteString("place", Place(source, locator));
                    o.WriteEndObject();
                }
                o.WriteEndArray();
            }));
            return;
        }
        foreach (var source in DataSets.All)
        {
            var place = Place(source, locator) ?? "not here; nabla data get " + source.Name;
            terminal.Out.WriteLine($"{source.Name,-16}{source.Description}");
            terminal.Out.WriteLine($"{"",-16}{source.Licence}");
            terminal.Out.WriteLine($"{"",-16}{place}");
        }
    }

    private static async Task<int> GetAsync(
        Terminal terminal, string name, bool json, CancellationToken cancel)
    {
        var source = DataSets.Named(name);
        var locator = new DataLocator();
        var splits = await source.LoadAsync(locator, new DownloadLog(terminal), cancel);
        var place = Place(source, locator);
        terminal.Out.WriteLine(json
            ? Json.Line(o =>
            {
                o.WriteString("name", source.Name);
                o.WriteString("place", place);
                o.WriteNumber("train", splits.Train.Count);
                o.WriteNumber("test", splits.Test.Count);
            })
            : $"{name}: {splits.Train.Count} images to train, {splits.Test.Count} to test; "
                + place);
        return ExitCode.Done;
    }

    private static string? Place(IImageSource source, DataLocator locator) =>
        source.Files.Count == 0
            ? "embedded"
            : locator.Find(source) is { } paths ? Path.GetDirectoryName(paths[0]) : null;
}
