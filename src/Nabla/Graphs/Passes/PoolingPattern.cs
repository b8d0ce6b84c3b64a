using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// What <see cref="PoolingFusion"/> looks for: convolution → chain → average pooling, and if there
/// is one the way back: the pooling's gradient → chain → the convolution's gradients.
/// </summary>
internal sealed class PoolingPattern
{
    public required GraphNode Conv { get; init; }

    public required GraphNode Chain { get; init; }

    public required GraphNode Pool { get; init; }

    public required ConvPool2dLayer Layer { get; init; }

    public required ConvPoolShape Shape { get; init; }

    /// <summary>The pooling's gradient, or null.</summary>
    public GraphNode? BackPool { get; private set; }

    /// <summary>The chain that turns it into the convolution's, or null.</summary>
    public GraphNode? BackChain { get; private set; }

    /// <summary>The gradients of the convolution's inputs.</summary>
    public List<GraphNode> Gradients { get; private set; } = [];

    /// <summary>What the forward keeps, by what it stands for.</summary>
    public Dictionary<GraphValue, GraphValue> Kept { get; } = [];

    /// <summary>Whether the way back reads a value of the way there.</summary>
    public bool IsKept(GraphValue value) =>
        BackChain is { } chain && Array.IndexOf(chain.InputArray, value) >= 0;

    /// <summary>The pattern around a pooling, or null.</summary>
    public static PoolingPattern? Match(GraphNode pool, Readers readers)
    {
        if (pool.Op is not AvgPool2dOp op
            || pool.InputArray[0].Producer is not { } chain || !IsChain(chain)
            || chain.InputArray.Where(v => !IsNumber(v)).Distinct().ToArray() is not
                [{ Producer: { Op: Conv2dOp layer } conv } sums]
            || sums.Spec != pool.InputArray[0].Spec)
        {
            return null;
        }
        GraphValue[] between = [sums, .. chain.OutputArray];
        var others = between.SelectMany(readers.Of)
            .Where(n => n != pool && n != chain).Distinct().ToArray();
        if (between.Any(readers.IsResult) || others.Length > 1
            || ShapeOf(conv, layer.Geometry, op, pool.OutputArray[0].Spec.Shape) is not { } shape)
        {
            return null;
        }
        var pattern = new PoolingPattern
        {
            Conv = conv,
            Chain = chain,
            Pool = pool,
            Layer = new(layer.Geometry, op.Geometry.Kernel, shape.Divisor),
            Shape = shape,
        };
        return others.Length == 0 || pattern.HasWayBack(others[0], between, readers)
            ? pattern
            : null;
    }

    private static bool IsChain(GraphNode node) =>
        (node.Op is FusedElementwise || ElementwiseFusion.IsFusable(node))
        && Array.TrueForAll(node.OutputArray, v => v.Spec.Shape == node.OutputArray[0].Spec.Shape);

    private static bool IsNumber(GraphValue value) =>
        value.Spec.Shape.Rank == 0 && value.Spec.DType == DType.Float32;

    /// <summary>The sizes, if the windows lie side by side and the kernels can do it.</summary>
    private static ConvPoolShape? ShapeOf(
        GraphNode conv, Conv2dGeometry geometry, AvgPool2dOp pool, Shape output)
    {
        var window = pool.Geometry.Kernel;
        Shape x = conv.InputArray[0].Spec.Shape, w = conv.InputArray[1].Spec.Shape;
        var shape = new ConvPoolShape(
            new((int)x[0], (int)x[1], (int)x[2], (int)x[3], (int)w[0], (int)w[2], (int)w[3],
                geometry.Stride.Height, geometry.Stride.Width,
                geometry.Padding.Height, geometry.Padding.Width,
                geometry.Dilation.Height, geometry.Dilation.Width, geometry.Groups),
            window.Height, window.Width,
            pool.Divisor > 0 ? pool.Divisor : window.Height * window.Width);
        return pool.Geometry.Stride == window && pool.Geometry.Padding == new Size2d(0, 0)
            && output == new Shape(x[0], w[0], shape.OutH, shape.OutW)
            && ConvPoolKernels.Suits(in shape)
            ? shape
            : null;
    }

    private bool HasWayBack(GraphNode chain, GraphValue[] between, Readers readers)
    {
        if (!IsChain(chain) || chain.OutputArray is not [var gradient]
            || gradient.Spec != between[0].Spec || readers.IsResult(gradient))
        {
            return false;
        }
        var incoming = chain.InputArray
            .Where(v => !between.Contains(v) && !IsNumber(v)).Distinct().ToArray();
        if (incoming is not [{ Producer: { Op: AvgPool2dBackwardOp back } pool } spread]
            || back.Pool != (AvgPool2dOp)Pool.Op || spread.Spec != gradient.Spec
            || readers.Private(spread) is null)
        {
            return false;
        }
        (BackPool, BackChain) = (pool, chain);
        Gradients = readers.Of(gradient);
        return Gradients.Count > 0 && Gradients.TrueForAll(IsGradient)
            && Gradients.DistinctBy(n => n.Op.GetType()).Count() == Gradients.Count;

        bool IsGradient(GraphNode node) => node.Op switch
        {
            Conv2dBackwardBiasOp => true,
            Conv2dBackwardWeightsOp op => op.Geometry == Layer.Geometry
                && node.InputArray[0] == Conv.InputArray[0] && node.InputArray[1] == gradient
                && node.OutputArray[0].Spec.Shape == Conv.InputArray[1].Spec.Shape,
            Conv2dBackwardDataOp op => op.Geometry == Layer.Geometry
                && node.InputArray[0] == gradient && node.InputArray[1] == Conv.InputArray[1]
                && node.OutputArray[0].Spec.Shape == Conv.InputArray[0].Spec.Shape,
            _ => false,
        };
    }
}
