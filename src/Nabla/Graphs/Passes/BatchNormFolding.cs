using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Batch-norm folding: normalization by constant statistics after a convolution or a linear layer
/// is a layer with other weights, w′ = w·s and b′ = (b − mean)·s + bias with
/// s = weight / √(variance + ε) per output channel. A convolution's w·s stays a node of the graph
/// until its weights are packed, so that the products never exist all at once. Source: Jacob et
/// al.: Quantization and Training of Neural Networks, 2018, section 3.2.
/// </summary>
internal sealed class BatchNormFolding : IGraphPass
{
    public string Name => "batch-norm folding";

    public Graph Run(Graph graph) => new Folding(graph).Run();

    private sealed class Folding(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            if (Layer(node) is { } layer)
            {
                Remove(layer);
                Replace(node, Fold(layer, node));
            }
        }

        /// <summary>The layer with constant weights whose output a node normalizes, or null.
        /// </summary>
        private GraphNode? Layer(GraphNode node) =>
            node.Op is BatchNormInferenceOp
                && Readers.Private(node.InputArray[0]) is
                { Op: Conv2dOp or ConvTranspose2dOp or LinearOp } layer
                && Array.TrueForAll(node.InputArray[1..], v => v.IsConstant)
                && Array.TrueForAll(layer.InputArray[1..], v => v.IsConstant)
                ? layer
                : null;
    }

    private static GraphNode[] Fold(GraphNode layer, GraphNode norm)
    {
        using var noGrad = GradMode.NoGrad();
        var x = Array.ConvertAll(norm.InputArray[1..], v => v.External!);
        var w = layer.InputArray[1].External!;
        var scale = (x[1] + ((BatchNormInferenceOp)norm.Op).Epsilon).Rsqrt();
        scale = x.Length > 2 ? scale * x[2] : scale;
        var bias = layer.InputArray.Length > 2 ? layer.InputArray[2].External! - x[0] : -x[0];
        bias = x.Length > 2 ? (bias * scale) + x[3] : bias * scale;
        scale = layer.Op is ConvTranspose2dOp transposed
            ? PerInput(scale, w.Shape, transposed.Geometry.Groups)
            : scale.Reshape(new Shape([w.Shape[0], .. Enumerable.Repeat(1, w.Rank - 1)]));
        var scaled = new GraphNode(
            MulOp.Instance, [layer.InputArray[1], Constants.Of(scale)], [TensorSpec.Of(w)]);
        var weights = layer.Op is LinearOp ? Constants.Of(w * scale) : scaled.OutputArray[0];
        var folded = new GraphNode(
            layer.Op, [layer.InputArray[0], weights, Constants.Of(bias)], norm.OutputArray);
        return layer.Op is LinearOp ? [folded] : [scaled, folded];
    }

    /// <summary>Factors of output channels (K,) as those of the weights (C, K/groups, R, S) of a
    /// transposed convolution, whose first axis tells the group.</summary>
    private static Tensor PerInput(Tensor scale, Shape w, int groups) => scale
        .Reshape(new Shape(groups, 1, w[1]))
        .Expand(groups, w[0] / groups, w[1])
        .Reshape(new Shape(w[0], w[1], 1, 1));
}
