using System.Globalization;
using Nabla.Formats;

namespace Nabla.Cli.Runs;

/// <summary>A picture to predict, in the form that the model was trained on.</summary>
/// <param name="Name">What it is called in the answer.</param>
/// <param name="Values">0 to 1, shape (C, H, W).</param>
internal sealed record Picture(string Name, float[] Values)
{
    /// <summary>Reads a picture file, an IDX file's items, or <c>FILE:N</c>, one of them.
    /// </summary>
    /// <exception cref="IOException">It is not there.</exception>
    /// <exception cref="InvalidDataException">It is damaged, foreign or of another size.
    /// </exception>
    public static IEnumerable<Picture> Read(string file, RunInfo info)
    {
        var (path, item) = Split(file);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"there is no file {path}");
        }
        if (IsIdx(path))
        {
            return ReadIdx(path, item, info);
        }
        if (item is not null)
        {
            throw new UsageException($"{file}: only IDX files have items.");
        }
        var image = ImageFile.Read(path).ToChannels(info.Image[0]);
        CheckSize(path, info, image.Height, image.Width);
        return [new Picture(path, Scale(image.ToPlanes(), byte.MaxValue))];
    }

    private static (string Path, int? Item) Split(string file)
    {
        var colon = file.LastIndexOf(':');
        return colon > 0 && !File.Exists(file) && int.TryParse(
            file.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var item)
            ? (file[..colon], item)
            : (file, null);
    }

    private static bool IsIdx(string path)
    {
        using var stream = File.OpenRead(path);
        return (stream.ReadByte(), stream.ReadByte()) is (0, 0) or (0x1F, 0x8B);
    }

    private static IEnumerable<Picture> ReadIdx(string path, int? item, RunInfo info)
    {
        var file = IdxFile.Read(path);
        var shape = file.Shape;
        if (file.Element != IdxElement.UInt8 || shape.Count is not (3 or 4))
        {
            throw new InvalidDataException($"{path}: expected images (N, H, W) or (N, C, H, W) of "
                + $"bytes, but it holds {IdxFile.NameOf(file.Element)} "
                + $"({string.Join(", ", shape)}).");
        }
        var channels = shape.Count == 4 ? shape[1] : 1;
        if (channels != info.Image[0])
        {
            throw new InvalidDataException($"{path} holds images of {channels} channels, but "
                + $"{info.Model} takes {info.Image[0]}.");
        }
        CheckSize(path, info, shape[^2], shape[^1]);
        if (item >= shape[0])
        {
            throw new UsageException($"{path} has {shape[0]} items, numbered from 0: there is no "
                + $"item {item}.");
        }
        var size = info.Image[0] * shape[^2] * shape[^1];
        return Enumerable.Range(item ?? 0, item is null ? shape[0] : 1).Select(i => new Picture(
            $"{path}:{i}", Scale(file.Bytes.AsSpan(i * size, size), info.Maximum)));
    }

    private static void CheckSize(string path, RunInfo info, int height, int width)
    {
        if (height != info.Image[1] || width != info.Image[2])
        {
            throw new InvalidDataException($"{path} is {width}×{height} pixels, but {info.Model} "
                + $"takes {info.Image[2]}×{info.Image[1]}; scale it first.");
        }
    }

    private static float[] Scale(ReadOnlySpan<byte> bytes, int maximum)
    {
        var values = new float[bytes.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = bytes[i] / (float)maximum;
        }
        return values;
    }
}
