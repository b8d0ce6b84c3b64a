using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Formats;

namespace Nabla.Cli.Runs;

/// <summary>What a run's folder says about the run, in <c>run.json</c>.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Data">The data set's name, or its folder.</param>
/// <param name="Classes">The classes' names, in the order of their numbers.</param>
/// <param name="Image">(C, H, W) of an image.</param>
/// <param name="Maximum">The byte that stands for full intensity in the data's files.</param>
/// <param name="Arguments">How it is trained.</param>
internal sealed record RunInfo(
    string Model,
    string Data,
    IReadOnlyList<string> Classes,
    IReadOnlyList<int> Image,
    int Maximum,
    RunArguments Arguments)
{
    private const int FormatVersion = 1;
    private const string FileName = "run.json";

    /// <summary>Whether a folder holds a run.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads a run's folder.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged or newer.</exception>
    public static RunInfo Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{folder} is no training run: it has no {FileName}; " +
                "--run wants a folder that nabla train wrote.");
        }
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            var version = json["format_version"]!.GetValue<int>();
            return version <= FormatVersion
                ? Parse(json)
                : throw new InvalidDataException($"{path} has format version {version}, and this " +
                    $"nabla reads up to {FormatVersion}; use a newer one.");
        }
        catch (NullReferenceException e)
        {
            throw new InvalidDataException($"{path} is damaged: a value is missing.", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException
            or FormatException)
        {
            throw new InvalidDataException($"{path} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var text = Json.Document(json =>
        {
            json.WriteNumber("format_version", FormatVersion);
            json.WriteString("model", Model);
            json.WriteString("data", Data);
            json.Strings("classes", Classes);
            json.WriteStartArray("image");
            foreach (var size in Image)
            {
                json.WriteNumberValue(size);
            }
            json.WriteEndArray();
            json.WriteNumber("maximum", Maximum);
            json.WriteNumber("seed", Arguments.Seed);
            json.WriteStartObject("arguments");
            Arguments.Write(json);
            json.WriteEndObject();
            json.WriteStartObject("versions");
            json.WriteString("nabla", Versions.Nabla);
            json.WriteString("dotnet", Environment.Version.ToString());
            json.WriteString("system", Versions.System);
            json.WriteEndObject();
        });
        DurableFile.Write(Path.Combine(folder, FileName),
            stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    private static RunInfo Parse(JsonObject json) => new(
        json["model"]!.GetValue<string>(),
        json["data"]!.GetValue<string>(),
        [.. json["classes"]!.AsArray().Select(name => name!.GetValue<string>())],
        [.. json["image"]!.AsArray().Select(size => size!.GetValue<int>())],
        json["maximum"]!.GetValue<int>(),
        RunArguments.Read(json["arguments"]!.AsObject()));
}
