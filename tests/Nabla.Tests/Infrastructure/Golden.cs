using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Tensors;
using Nabla.Tests.Architecture;

namespace Nabla.Tests.Infrastructure;

/// <summary>A tensor that PyTorch computed.</summary>
/// <param name="Type">Its type's name in PyTorch.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">Its elements, row-major, ten digits each, separated by spaces.</param>
public sealed record GoldenTensor(string Type, long[] Shape, string Values)
{
    /// <summary>What a reference in C# computed.</summary>
    public static GoldenTensor Of(Tensor x) => new(
        x.DType.Name, x.Shape.Dims.ToArray(),
        string.Join(' ', x.Numbers().Select(number => double.IsNaN(number) ? "nan"
            : double.IsInfinity(number) ? (number > 0 ? "inf" : "-inf")
            : number.ToString("R", CultureInfo.InvariantCulture))));

    /// <summary>The elements.</summary>
    public double[] Numbers() => [.. Values
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(text => text switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        })];
}

/// <summary>The reference values of one case with one list of arguments.</summary>
/// <param name="Hash">A digest of what was asked.</param>
/// <param name="Outputs">What PyTorch returned.</param>
/// <param name="Gradients">One for each argument; null where none was asked or none flows.</param>
public sealed record Golden(string Hash, GoldenTensor[] Outputs, GoldenTensor?[] Gradients);

/// <summary>Reference values on the disk: one file for each test class, under
/// tests/goldens.</summary>
public static class GoldenFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>Where a test class has its values.</summary>
    public static string PathOf(Type tests)
    {
        var folders = tests.Namespace!.Split('.')[2..];
        return Path.Combine([Repository.Root, "tests", "goldens", .. folders,
            tests.Name[..^"Tests".Length] + ".json"]);
    }

    /// <summary>All values of a test class; none if there is no file.</summary>
    public static SortedDictionary<string, Golden> Read(Type tests)
    {
        var path = PathOf(tests);
        return new SortedDictionary<string, Golden>(File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, Golden>>(
                File.ReadAllText(path), Options)!
            : [], StringComparer.Ordinal);
    }

    /// <summary>Writes all values of a test class, one a line.</summary>
    public static void Write(Type tests, SortedDictionary<string, Golden> goldens)
    {
        var path = PathOf(tests);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var lines = goldens.Select(entry => $"{JsonSerializer.Serialize(entry.Key, Options)}: "
            + JsonSerializer.Serialize(entry.Value, Options));
        File.WriteAllText(path, $"{{\n{string.Join(",\n", lines)}\n}}\n");
    }
}
