using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>Lets graphs hold equal constants, such as the packed weights of one model compiled for
/// several input shapes, once.</summary>
internal static unsafe class ConstantSharing
{
    /// <summary>Constants with fewer elements are not worth the look.</summary>
    private const long MinElements = 1024;

    /// <summary>Replaces a graph's constants by equal ones of other graphs.</summary>
    public static void Share(Graph graph, IEnumerable<Graph> others)
    {
        var known = others.SelectMany(Constants).Select(v => v.External!)
            .ToLookup(tensor => (tensor.Shape, tensor.DType));
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.InputArray.Length; i++)
            {
                var value = node.InputArray[i];
                if (IsLarge(value) && known[(value.Spec.Shape, value.Spec.DType)]
                    .FirstOrDefault(tensor => AreEqual(tensor, value.External!)) is { } same)
                {
                    node.InputArray[i] = Graphs.Constants.Of(same);
                }
            }
        }
    }

    private static IEnumerable<GraphValue> Constants(Graph graph) =>
        graph.Nodes.SelectMany(n => n.InputArray).Where(IsLarge).Distinct();

    private static bool IsLarge(GraphValue value) => value.IsConstant
        && value.External is { IsContiguous: true, IsWeak: false } tensor
        && tensor.Count >= MinElements;

    private static bool AreEqual(Tensor a, Tensor b)
    {
        var bytes = a.Count * a.DType.Size;
        var equal = a.Pointer == b.Pointer;
        for (long at = 0; !equal && at <= bytes; at += int.MaxValue)
        {
            var count = (int)Math.Min(int.MaxValue, bytes - at);
            if (!new ReadOnlySpan<byte>((byte*)a.Pointer + at, count)
                .SequenceEqual(new ReadOnlySpan<byte>((byte*)b.Pointer + at, count)))
            {
                break;
            }
            equal = at + count == bytes;
        }
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return equal;
    }
}
