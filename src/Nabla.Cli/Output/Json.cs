using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nabla.Cli.Output;

/// <summary>JSON without reflection: a caller writes the properties of one object.</summary>
internal static class Json
{
    /// <summary>One object on one line.</summary>
    public static string Line(Action<Utf8JsonWriter> properties) => Write(properties, false);

    /// <summary>One object, indented, to be read by people too.</summary>
    public static string Document(Action<Utf8JsonWriter> properties) =>
        Write(properties, true) + "\n";

    /// <summary>A number, or null when it is not finite: JSON has no word for that.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>An array of strings.</summary>
    public static void Strings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }

    private static string Write(Action<Utf8JsonWriter> properties, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions
        {
            Indented = indented,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
