using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Formats;
using Nabla.Tensors;

namespace Nabla.Training;

/// <summary>
/// The checkpoints of a run's folder: <c>checkpoints/step-N/</c> with <c>model.safetensors</c>,
/// <c>optimizer.safetensors</c> and <c>state.json</c>; the files <c>last</c> and <c>best</c> name
/// one of them. A checkpoint is written beside its place, flushed to the disk and renamed, so that
/// an end at any moment leaves the former ones loadable.
/// </summary>
public sealed class CheckpointStore
{
    /// <summary>The version of the format that is written, and the newest that is read.</summary>
    public const int FormatVersion = 1;

    private const string Folder = "checkpoints";
    private const string Prefix = "step-";
    private readonly string _run;

    /// <summary>The checkpoints of a run.</summary>
    /// <param name="runFolder">The run's folder; it need not exist.</param>
    public CheckpointStore(string runFolder) => _run = runFolder;

    /// <summary>The folder of the checkpoint that was written last, or null.</summary>
    public string? Last => Pointed("last") ?? Newest();

    /// <summary>The folder of the best checkpoint, or null.</summary>
    public string? Best => Pointed("best");

    private string Root => Path.Combine(_run, Folder);

    /// <summary>Writes a checkpoint and makes it the last one.</summary>
    /// <param name="step">The run's steps so far: its name.</param>
    /// <param name="model">The model's tensors.</param>
    /// <param name="optimizer">The optimizer's tensors.</param>
    /// <param name="state">What else it takes to go on.</param>
    /// <param name="isBest">Make it the best one, too.</param>
    /// <param name="keep">How many to keep beside the best.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="IOException">The disk refused; the former checkpoints are still there.
    /// </exception>
    public string Write(long step, IEnumerable<KeyValuePair<string, Tensor>> model,
        IEnumerable<KeyValuePair<string, Tensor>> optimizer, JsonObject state, bool isBest,
        int keep)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}");
        var place = Path.Combine(Root, name);
        var temporary = TemporaryName.For(Path.Combine(Root, $".{name}"));
        Discard(temporary);
        Directory.CreateDirectory(temporary);
        try
        {
            DurableFile.WriteInPlace(Path.Combine(temporary, "model.safetensors"),
                stream => SafetensorsFile.Write(stream, model));
            DurableFile.WriteInPlace(Path.Combine(temporary, "optimizer.safetensors"),
                stream => SafetensorsFile.Write(stream, optimizer));
            DurableFile.WriteInPlace(
                Path.Combine(temporary, "state.json"), stream => WriteJson(stream, state));
            DurableFile.FlushFolder(temporary);
            if (Directory.Exists(place))
            {
                var former = TemporaryName.For(Path.Combine(Root, $".{name}.old"));
                Discard(former);
                Directory.Move(place, former);
                Directory.Move(temporary, place);
                Discard(former);
            }
            else
            {
                Directory.Move(temporary, place);
            }
        }
        catch
        {
            Discard(temporary);
            throw;
        }
        DurableFile.FlushFolder(Root);
        Point("last", name);
        if (isBest)
        {
            Point("best", name);
        }
        Prune(keep);
        return place;
    }

    /// <summary>Reads the state of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or a newer version wrote it.
    /// </exception>
    public static JsonObject ReadState(string checkpoint)
    {
        var path = Path.Combine(checkpoint, "state.json");
        JsonObject state;
        try
        {
            state = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            var version = state["format"]!.GetValue<int>();
            if (version > FormatVersion)
            {
                throw new InvalidDataException($"{path} has format {version}, written by a newer "
                    + $"version of Nabla; this one reads formats up to {FormatVersion}: update it");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException
            or NullReferenceException or FormatException)
        {
            throw new InvalidDataException($"{path} is no checkpoint's state: {e.Message}", e);
        }
        return state;
    }

    /// <summary>Reads the model's tensors of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static Dictionary<string, Tensor> ReadModel(string checkpoint) =>
        SafetensorsFile.Load(Path.Combine(checkpoint, "model.safetensors"));

    /// <summary>Reads the optimizer's tensors of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static Dictionary<string, Tensor> ReadOptimizer(string checkpoint) =>
        SafetensorsFile.Load(Path.Combine(checkpoint, "optimizer.safetensors"));

    /// <summary>Deletes what a process that was killed while it wrote has left.</summary>
    public void Sweep()
    {
        TemporaryName.Sweep(_run);
        TemporaryName.Sweep(Root);
    }

    private static void WriteJson(Stream stream, JsonObject state)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        state.WriteTo(json);
    }

    private void Point(string pointer, string name) => DurableFile.Write(
        Path.Combine(_run, pointer),
        stream => stream.Write(System.Text.Encoding.UTF8.GetBytes($"{Folder}/{name}\n")));

    private string? Pointed(string pointer)
    {
        var path = Path.Combine(_run, pointer);
        if (!File.Exists(path))
        {
            return null;
        }
        var folder = Path.GetFullPath(Path.Combine(_run, File.ReadAllText(path).Trim()));
        return Path.GetDirectoryName(folder) == Path.GetFullPath(Root) && Directory.Exists(folder)
            ? folder
            : null;
    }

    private string? Newest() => Steps().OrderByDescending(s => s.Step).FirstOrDefault().Path;

    private IEnumerable<(long Step, string Path)> Steps()
    {
        if (!Directory.Exists(Root))
        {
            yield break;
        }
        foreach (var path in Directory.EnumerateDirectories(Root, $"{Prefix}*"))
        {
            if (long.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None,
                CultureInfo.InvariantCulture, out var step))
            {
                yield return (step, Path.GetFullPath(path));
            }
        }
    }

    private void Prune(int keep)
    {
        var (last, best) = (Last, Best);
        foreach (var (_, path) in Steps().OrderByDescending(s => s.Step).ToList()
            .Where(s => s.Path != last && s.Path != best).Skip(keep - 1))
        {
            // Out of the way first: a deletion that is cut short must not look like a checkpoint.
            var doomed = TemporaryName.For(
                Path.Combine(Root, $".{Path.GetFileName(path)}.old"));
            Discard(doomed);
            Directory.Move(path, doomed);
            Discard(doomed);
        }
    }

    private static void Discard(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
