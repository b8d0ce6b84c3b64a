using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Cli.Bench;

/// <summary>Weights and data as raw files that a peer reads.</summary>
internal static class BenchFiles
{
    /// <summary>Writes parameters, buffers and inputs (<c>x0</c>, <c>x1</c> …), one file each,
    /// with their types and shapes in <c>tensors.json</c>.</summary>
    public static void Write(string folder, Module model, params Tensor[] inputs) =>
        Write(folder, model.StateDict().Select(item => (item.Key, item.Value)), inputs);

    /// <summary>Writes inputs alone.</summary>
    public static void Write(string folder, params Tensor[] inputs) => Write(folder, [], inputs);

    /// <summary>Has a peer write its outputs; returns the largest difference of ours from them,
    /// over the largest of them.</summary>
    public static double Difference(Peer peer, string folder, Tensor ours)
    {
        peer.WriteOutputs();
        var expected = MemoryMarshal.Cast<byte, float>(
            File.ReadAllBytes(Path.Combine(folder, "y.raw"))).ToArray();
        var actual = ours.ToArray<float>();
        return actual.Length != expected.Length ? double.PositiveInfinity
            : actual.Zip(expected, (a, b) => Math.Abs((double)a - b)).Max()
                / expected.Max(v => Math.Abs((double)v));
    }

    private static void Write(
        string folder, IEnumerable<(string Name, Tensor Tensor)> state, Tensor[] inputs)
    {
        var list = new JsonObject();
        foreach (var (name, tensor) in state)
        {
            Write(folder, list, name, tensor);
        }
        for (var i = 0; i < inputs.Length; i++)
        {
            Write(folder, list, $"x{i}", inputs[i]);
        }
        File.WriteAllText(Path.Combine(folder, "tensors.json"), list.ToJsonString());
    }

    private static void Write(string folder, JsonObject list, string name, Tensor tensor)
    {
        var isInteger = tensor.DType == DType.Int64;
        list[name] = new JsonObject
        {
            ["type"] = isInteger ? "int64" : "float32",
            ["shape"] = new JsonArray([.. tensor.Shape.Dims.ToArray()
                .Select(d => (JsonNode)(long)d)]),
        };
        using var file = File.Create(Path.Combine(folder, name + ".raw"));
        file.Write(isInteger
            ? MemoryMarshal.AsBytes(tensor.AsSpan<long>())
            : MemoryMarshal.AsBytes(tensor.AsSpan<float>()));
    }
}
