using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Batch slicing: where the values between layers of a batch outgrow the caches, the layers run for
/// some images at a time. The cut with the least traffic is found by dynamic programming: values of
/// a whole batch go through memory, slices read their weights again.
/// </summary>
internal sealed class BatchSlicing : IGraphPass
{
    /// <summary>Bytes that layers may pass on before they go through memory.</summary>
    private const long CacheBytes = 16 << 20;

    /// <summary>Bytes of a slice's values: some threads' share the cache.</summary>
    private const long SliceBytes = 8 << 20;

    /// <summary>What a byte from the cache costs, in bytes from memory.</summary>
    private const double CachedCost = 0.25;

    /// <summary>What a byte of weights costs that the fast algorithm for 3 × 3 maps first.
    /// </summary>
    private const double MappedCost = 16;

    public string Name => "batch slicing";

    public Graph Run(Graph graph)
    {
        var nodes = new List<GraphNode>();
        var run = new List<GraphNode>();
        var readers = new Readers(graph);
        foreach (var node in graph.Nodes)
        {
            if (run.Count > 0 && (!IsPerImage(node) || Batch(node) != Batch(run[0])))
            {
                Flush();
            }
            if (IsPerImage(node))
            {
                run.Add(node);
            }
            else
            {
                nodes.Add(node);
            }
        }
        Flush();
        return graph.With([.. nodes]);

        void Flush()
        {
            foreach (var (first, end, images) in Cut(run))
            {
                if (images == 0)
                {
                    nodes.AddRange(run[first..end]);
                }
                else
                {
                    nodes.Add(Slices([.. run[first..end]], images, readers));
                }
            }
            run.Clear();
        }
    }

    private static bool IsPerImage(GraphNode node) => node.Op is ChannelsLastConv2d
        or ChannelsLastConvTranspose2d or ChannelsLastInvertedResidual or ChannelsLastMaxPool2d
        or ChannelsLastAdaptiveAvgPool2d;

    private static int Batch(GraphNode node) => node.OutputArray[0].Spec.Shape[0];

    /// <summary>One node that runs ops for some images at a time.</summary>
    internal static GraphNode Slices(GraphNode[] nodes, int images, Readers readers)
    {
        HashSet<GraphNode> inside = [.. nodes];
        GraphValue[] read = [.. nodes.SelectMany(n => n.InputArray).Distinct()
            .Where(v => v.Producer is null || !inside.Contains(v.Producer))];
        GraphValue[] written = [.. nodes.SelectMany(n => n.OutputArray)
            .Where(v => readers.IsResult(v) || readers.Of(v).Exists(n => !inside.Contains(n)))];

        // Other values stand for the inputs, so that weights are held by the graph alone.
        var sources = Array.ConvertAll(read, v => new GraphValue(v.Spec, null, 0, null));
        var inner = Array.ConvertAll(nodes, node => new GraphNode(
            node.Op,
            Array.ConvertAll(node.InputArray,
                v => Array.IndexOf(read, v) is >= 0 and var i ? sources[i] : v),
            node.OutputArray));
        var op = new BatchSlices(
            inner, [.. sources.Zip(read, (s, v) => (s, v.External is null))], written,
            Batch(nodes[0]) / images);
        return new GraphNode(op, read, written);
    }

    /// <summary>The cheapest cut of layers into parts: images of a slice, or 0 where the whole
    /// batch runs.</summary>
    private static List<(int First, int End, int Images)> Cut(List<GraphNode> run)
    {
        var best = new double[run.Count + 1];
        var choice = new (int First, int Images)[run.Count + 1];
        for (var end = 1; end <= run.Count; end++)
        {
            var batch = Batch(run[end - 1]);
            var (widest, cached, weights) = (0L, 0.0, 0.0);
            best[end] = double.PositiveInfinity;
            for (var first = end - 1; first >= 0; first--)
            {
                var node = run[first];
                var bytes = Bytes(node);
                widest = Math.Max(widest, bytes / Math.Max(1, batch));
                cached += CachedCost * bytes;
                weights += WeightCost(node);
                if (first == end - 1)
                {
                    Consider(first, 0, weights + ((bytes > CacheBytes ? 1 : CachedCost) * bytes));
                }
                else if (Images(batch, widest) is var images && images < batch)
                {
                    var ends = Bytes(node.InputArray[0]) + Bytes(run[end - 1].OutputArray[0]);
                    Consider(first, images, cached + (weights * batch / images)
                        + ((1 - CachedCost) * ends));
                }

                void Consider(int from, int slice, double cost)
                {
                    if (best[from] + cost < best[end])
                    {
                        best[end] = best[from] + cost;
                        choice[end] = (from, slice);
                    }
                }
            }
        }
        var parts = new List<(int, int, int)>();
        for (var end = run.Count; end > 0; end = choice[end].First)
        {
            parts.Insert(0, (choice[end].First, end, choice[end].Images));
        }
        return parts;
    }

    /// <summary>The largest divisor of the batch whose values fit.</summary>
    private static int Images(int batch, long bytes)
    {
        var images = (int)Math.Clamp(SliceBytes / Math.Max(1, bytes), 1, Math.Max(1, batch));
        while (batch % images != 0)
        {
            images--;
        }
        return images;
    }

    private static double WeightCost(GraphNode node)
    {
        var isMapped = node.Op is ChannelsLastConv2d conv && conv.Geometry.Groups == 1
            && conv.Weight[2] == 3 && conv.Weight[3] == 3 && conv.Geometry.Stride is (1, 1);
        return (isMapped ? MappedCost : CachedCost)
            * node.InputArray.Where(v => v.External is not null).Sum(Bytes);
    }

    /// <summary>Bytes of the batches that a layer reads and writes.</summary>
    private static long Bytes(GraphNode node) =>
        node.InputArray.Where(v => v.External is null).Concat(node.OutputArray).Sum(Bytes);

    private static long Bytes(GraphValue value) =>
        value.Spec.Shape.Count * value.Spec.DType.Size;
}
