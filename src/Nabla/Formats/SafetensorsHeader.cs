using System.Text;
using System.Text.Json;
using Nabla.Tensors;

namespace Nabla.Formats;

/// <summary>Where a tensor lies in a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Start">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
public sealed record SafetensorsEntry(string Name, DType DType, Shape Shape, long Start, long End);

/// <summary>The JSON at the head of a safetensors file, checked: every offset lies in the file, and
/// the tensors fill it without gap or overlap.</summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";

    private readonly Dictionary<string, string> _metadata = [];
    private readonly Dictionary<string, SafetensorsEntry> _entries = [];

    private SafetensorsHeader()
    {
    }

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>Reads the JSON.</summary>
    /// <exception cref="InvalidDataException">It breaks a rule of the format.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataBytes)
    {
        var header = new SafetensorsHeader();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        try
        {
            header.Read(ref reader, dataBytes);
            // Throws where something follows the object.
            reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException
            or FormatException)
        {
            throw new InvalidDataException($"the header is not the JSON it should be: {e.Message}");
        }
        header.CheckCoverage(dataBytes);
        return header;
    }

    /// <summary>The JSON for tensors laid one after another, padded with spaces to 8 bytes.
    /// </summary>
    public static byte[] Format(IEnumerable<SafetensorsEntry> entries,
        IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata)
                {
                    json.WriteString(key, value);
                }
                json.WriteEndObject();
            }
            foreach (var entry in entries)
            {
                WriteEntry(json, entry);
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }
        return buffer.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", NameOf(entry.DType));
        json.WriteStartArray("shape");
        foreach (var size in entry.Shape.Dims)
        {
            json.WriteNumberValue(size);
        }
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Start);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Read(ref Utf8JsonReader json, long dataBytes)
    {
        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, "it is no JSON object");
        var seen = new HashSet<string>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            Expect(seen.Add(name), $"'{name}' occurs twice");
            json.Read();
            Expect(json.TokenType == JsonTokenType.StartObject, $"'{name}' is no JSON object");
            if (name == MetadataKey)
            {
                ReadMetadata(ref json);
            }
            else
            {
                _entries.Add(name, ReadEntry(ref json, name, dataBytes));
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            Expect(json.TokenType == JsonTokenType.String, $"metadata '{key}' is no string");
            Expect(_metadata.TryAdd(key, json.GetString()!), $"metadata '{key}' occurs twice");
        }
    }

    private static SafetensorsEntry ReadEntry(
        ref Utf8JsonReader json, string name, long dataBytes)
    {
        DType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            switch (key)
            {
                case "dtype" when type is null:
                    type = TypeOf(json.GetString()!, name);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref json, name, Shape.MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref json, name, 2);
                    break;
                default:
                    throw Bad($"'{name}' has '{key}' twice, or it is unknown");
            }
        }
        if (type is null || shape is null || offsets is not { Length: 2 })
        {
            throw Bad($"'{name}' lacks its dtype, shape or data_offsets");
        }
        var bytes = (UInt128)(uint)type.Value.Size;
        foreach (var size in shape)
        {
            bytes *= (ulong)size;
            Expect(bytes <= long.MaxValue, $"'{name}' is larger than any file");
        }
        Expect(offsets[0] <= offsets[1] && offsets[1] <= dataBytes,
            $"'{name}' lies at bytes {offsets[0]} to {offsets[1]}, outside the {dataBytes} bytes "
            + "of data (is the file cut off?)");
        Expect((UInt128)(ulong)(offsets[1] - offsets[0]) == bytes,
            $"'{name}' takes {bytes} bytes, but its offsets give it {offsets[1] - offsets[0]}");
        return new SafetensorsEntry(name, type.Value, new Shape(shape), offsets[0], offsets[1]);
    }

    private static long[] ReadNumbers(ref Utf8JsonReader json, string name, int most)
    {
        Expect(json.TokenType == JsonTokenType.StartArray, $"'{name}' lacks a list of numbers");
        var numbers = new List<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Expect(json.TryGetInt64(out var number) && number >= 0,
                $"'{name}' has a size or offset that is no natural number");
            numbers.Add(number);
            Expect(numbers.Count <= most, $"'{name}' has more than {most} sizes or offsets");
        }
        return [.. numbers];
    }

    private void CheckCoverage(long dataBytes)
    {
        var end = 0L;
        foreach (var entry in _entries.Values.OrderBy(e => e.Start).ThenBy(e => e.End))
        {
            Expect(entry.Start == end, entry.Start < end
                ? $"'{entry.Name}' overlaps another tensor"
                : $"bytes {end} to {entry.Start} belong to no tensor");
            end = entry.End;
        }
        Expect(end == dataBytes,
            $"the tensors take {end} bytes, but {dataBytes} follow the header");
    }

    private static DType TypeOf(string name, string tensor) => name switch
    {
        "F32" => DType.Float32,
        "F64" => DType.Float64,
        "F16" => DType.Float16,
        "BF16" => DType.BFloat16,
        "I64" => DType.Int64,
        "I32" => DType.Int32,
        "U8" => DType.UInt8,
        "BOOL" => DType.Bool,
        _ => throw Bad($"'{tensor}' has elements of type {name}; known are F32, F64, F16, BF16, "
            + "I64, I32, U8, BOOL"),
    };

    private static string NameOf(DType type) => type switch
    {
        DType.Float32 => "F32",
        DType.Float64 => "F64",
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        DType.Int64 => "I64",
        DType.Int32 => "I32",
        DType.UInt8 => "U8",
        _ => "BOOL",
    };

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Bad(otherwise);
        }
    }

    private static InvalidDataException Bad(string what) => new(Printable(what));

    /// <summary>Names come from strangers: no control characters, no kilometres.</summary>
    private static string Printable(string text)
    {
        var clean = new StringBuilder();
        foreach (var c in text.Length > 300 ? text.AsSpan(0, 300) : text)
        {
            clean.Append(char.IsControl(c) ? '?' : c);
        }
        return clean.ToString();
    }
}
