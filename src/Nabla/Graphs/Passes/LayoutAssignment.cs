using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Layout assignment: convolutions with constant weights, and what lies between them, compute on
/// channels-last images (N, H, W, C), where a pixel's channels lie side by side and a 1 × 1
/// convolution is a matrix product. Weights are packed here, once.
/// </summary>
internal sealed class LayoutAssignment : IGraphPass
{
    /// <summary>Images of so few channels are reordered on the way into their convolution.
    /// </summary>
    private const int FewChannels = 4;

    /// <summary>Output channels from which a transposed convolution's groups are faster channels
    /// last.</summary>
    private const int LeastGroupChannels = 16;

    public string Name => "layout assignment";

    public Graph Run(Graph graph)
    {
        graph.Discarding?.Count(graph);
        var rewriting = new Rewriting(graph.Discarding);
        foreach (var node in graph.Nodes)
        {
            rewriting.Visit(node);
        }
        foreach (var result in graph.Results)
        {
            rewriting.ToFirst(result);
        }
        rewriting.Pack();
        return graph.With([.. rewriting.Nodes]);
    }

    private sealed class Rewriting(Discarding? discarding)
    {
        private static readonly PermuteOp Last = new(new Shape(0, 2, 3, 1));
        private static readonly PermuteOp First = new(new Shape(0, 3, 1, 2));

        /// <summary>Values by what they are channels first.</summary>
        private readonly Dictionary<GraphValue, GraphValue> _last = [];

        /// <summary>Values that exist channels last only.</summary>
        private readonly HashSet<GraphValue> _onlyLast = [];

        /// <summary>Convolutions whose weights are not packed yet, as they were.</summary>
        private readonly List<(GraphNode Before, GraphNode After)> _unpacked = [];

        public List<GraphNode> Nodes { get; } = [];

        public void Visit(GraphNode node)
        {
            if (Convert(node) is { } last)
            {
                Nodes.Add(last);
                _last[node.OutputArray[0]] = last.OutputArray[0];
                _onlyLast.Add(node.OutputArray[0]);
                return;
            }
            if (node.Op is ReshapeOp && Twin(node.InputArray[0]) is { } pixel
                && pixel.Spec.Shape is var shape && shape[1] == 1 && shape[2] == 1)
            {
                // With one pixel an image both layouts are the same.
                Nodes.Add(new GraphNode(node.Op, [pixel], node.OutputArray));
                return;
            }
            Array.ForEach(node.InputArray, ToFirst);
            Nodes.Add(node);
        }

        /// <summary>Makes sure that a value exists channels first.</summary>
        public void ToFirst(GraphValue value)
        {
            if (_onlyLast.Remove(value))
            {
                AddReordered(First, _last[value], value.Spec, [value]);
            }
        }

        /// <summary>Packs the weights, the largest first: where the originals are let go, those
        /// that come later fit in the holes that they leave.</summary>
        public void Pack()
        {
            foreach (var (before, after) in _unpacked
                .OrderByDescending(conv => conv.Before.InputArray[1].Spec.Shape.Count))
            {
                after.InputArray[1] = Packed(before);
            }
        }

        private GraphValue ToLast(GraphValue value)
        {
            if (!_last.TryGetValue(value, out var last))
            {
                _last[value] = last = AddReordered(Last, value, Spec(value.Spec), null);
            }
            return last;
        }

        /// <summary>A copy in the other order, so that views of it are views.</summary>
        private GraphValue AddReordered(
            PermuteOp order, GraphValue value, TensorSpec spec, GraphValue[]? adopted)
        {
            var view = new GraphNode(order, [value], [spec]);
            var copy = adopted is null
                ? new GraphNode(DenseOp.Instance, [view.OutputArray[0]], [spec])
                : new GraphNode(DenseOp.Instance, [view.OutputArray[0]], adopted);
            Nodes.AddRange([view, copy]);
            return copy.OutputArray[0];
        }

        private GraphValue? Twin(GraphValue value) => _last.GetValueOrDefault(value);

        /// <summary>The node channels last, or null where it stays as it is.</summary>
        private GraphNode? Convert(GraphNode node)
        {
            var output = node.OutputArray[0];
            if (output.Spec.Shape.Rank != 4 || node.OutputArray.Length != 1)
            {
                return null;
            }
            if (FusedConv2d.Of(node) is { } conv)
            {
                return IsConstant(node, conv.HasBias) ? Convolution(node, conv) : null;
            }
            if (FusedConvTranspose2d.Of(node) is { } transposed)
            {
                return IsConstant(node, transposed.HasBias) && FillsRegisters(node, transposed)
                    ? Transposed(node, transposed)
                    : null;
            }
            if (!Array.Exists(node.InputArray, v => Twin(v) is not null))
            {
                return null;
            }
            return node.Op switch
            {
                MaxPool2dOp pool when IsFloat32(output) =>
                    Node(new ChannelsLastMaxPool2d(pool.Geometry)),
                AdaptiveAvgPool2dOp pool when IsFloat32(output) =>
                    Node(new ChannelsLastAdaptiveAvgPool2d(pool.Output)),
                CatOp { Dim: 1 } => Node(new CatOp(3)),
                ElementwiseOp when Array.TrueForAll(node.InputArray,
                    v => v.Spec.Shape == output.Spec.Shape || v.Spec.Shape.Count == 1) =>
                    Node(node.Op),
                _ => null,
            };

            GraphNode Node(Op op) => new(op, Array.ConvertAll(
                node.InputArray, v => v.Spec.Shape.Count == 1 ? v : ToLast(v)),
                [Spec(output.Spec)]);
        }

        private GraphNode Convolution(GraphNode node, FusedConv2d conv)
        {
            var (x, w) = (node.InputArray[0], node.InputArray[1].Spec.Shape);
            var fromFirst = Twin(x) is null && x.Spec.Shape[1] <= FewChannels
                && conv.Geometry.Groups == 1;
            var op = new ChannelsLastConv2d(
                conv.Geometry, w, fromFirst, conv.HasResidual, conv.Limits);
            return Unpacked(node, op, fromFirst ? x : ToLast(x), conv.HasResidual);
        }

        private GraphNode Transposed(GraphNode node, FusedConvTranspose2d conv)
        {
            var op = new ChannelsLastConvTranspose2d(
                conv.Geometry, conv.OutputPadding, node.InputArray[1].Spec.Shape,
                conv.HasResidual, conv.Limits);
            return Unpacked(node, op, ToLast(node.InputArray[0]), conv.HasResidual);
        }

        private GraphNode Unpacked(GraphNode node, Op op, GraphValue x, bool hasResidual)
        {
            GraphValue[] residual = hasResidual ? [ToLast(node.InputArray[^1])] : [];
            var last = new GraphNode(op, [x, node.InputArray[1], .. residual],
                [Spec(node.OutputArray[0].Spec)]);
            _unpacked.Add((node, last));
            return last;
        }

        private GraphValue Packed(GraphNode node)
        {
            var w = Constants.Compute(node.InputArray[1]);
            var transposed = FusedConvTranspose2d.Of(node);
            var hasBias = transposed?.HasBias ?? FusedConv2d.Of(node)!.HasBias;
            var bias = hasBias ? Dense(node.InputArray[2].External!) : null;
            var packed = transposed is null
                ? w.Device.PackConv2d(Dense(w), bias, node.InputArray[0].Spec.Shape,
                    FusedConv2d.Of(node)!.Geometry)
                : w.Device.PackConvTranspose2d(Dense(w), bias, node.OutputArray[0].Spec.Shape,
                    transposed.Geometry);
            if (!node.InputArray[1].IsConstant)
            {
                // Made for this; the next one takes its memory.
                w.Storage.Release("the packing of weights");
            }
            discarding?.Leave(node.InputArray[1]);
            if (hasBias)
            {
                discarding?.Leave(node.InputArray[2]);
            }
            return Constants.Of(packed);
        }
    }

    private static bool IsConstant(GraphNode node, bool hasBias) =>
        Constants.IsKnown(node.InputArray[1]) && (!hasBias || node.InputArray[2].IsConstant);

    /// <summary>Channels last, groups of few output channels would leave most of a register empty;
    /// channels first, registers hold pixels.</summary>
    private static bool FillsRegisters(GraphNode node, FusedConvTranspose2d conv) =>
        conv.Geometry.Groups == 1
        || node.InputArray[1].Spec.Shape[1] >= LeastGroupChannels;

    private static bool IsFloat32(GraphValue value) => value.Spec.DType == DType.Float32;

    private static Tensor Dense(Tensor x) => x.IsContiguous ? x : x.Contiguous();

    /// <summary>(N, C, H, W) as (N, H, W, C).</summary>
    private static TensorSpec Spec(TensorSpec spec)
    {
        var d = spec.Shape;
        return spec with { Shape = new Shape(d[0], d[2], d[3], d[1]) };
    }
}
