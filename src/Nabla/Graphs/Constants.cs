using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>Values of a graph that are known when it is compiled.</summary>
internal static class Constants
{
    /// <summary>A tensor as a constant.</summary>
    public static GraphValue Of(Tensor tensor) =>
        new(TensorSpec.Of(tensor), null, 0, tensor) { IsConstant = true };

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
