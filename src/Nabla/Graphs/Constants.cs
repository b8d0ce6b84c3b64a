using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>Values of a graph that are known when it is compiled.</summary>
internal static class Constants
{
    /// <summary>A tensor as a constant.</summary>
    public static GraphValue Of(Tensor tensor) =>
        new(TensorSpec.Of(tensor), null, 0, tensor) { IsConstant = true };

    /// <summary>Whether a value is a constant, or the product of two.</summary>
    public static bool IsKnown(GraphValue value) => value.IsConstant
        || value.Producer is { Op: MulOp } product
            && Array.TrueForAll(product.InputArray, v => v.IsConstant);

    /// <summary>The elements of a known value, computed now if it is a product.</summary>
    public static Tensor Compute(GraphValue value)
    {
        if (value.External is { } tensor)
        {
            return tensor;
        }
        using var noGrad = GradMode.NoGrad();
        var factors = value.Producer!.InputArray;
        return factors[0].External! * factors[1].External!;
    }

    /// <summary>The only element of a constant, or null.</summary>
    public static double? Number(GraphValue value)
    {
        if (!value.IsConstant || value.External is not { } tensor)
        {
            return null;
        }
        if (tensor.IsWeak)
        {
            return tensor.WeakValue;
        }
        if (tensor.Count != 1 || !tensor.DType.IsFloat)
        {
            return null;
        }
        var wide = Tensor.Empty(tensor.Shape, DType.Float64);
        tensor.Device.Copy(tensor, wide);
        return wide.ToArray<double>()[0];
    }
}
