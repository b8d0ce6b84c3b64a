using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Tests.Autograd;

/// <summary>Small tensors to differentiate.</summary>
internal static class Leaves
{
    /// <summary>A vector that requires a gradient.</summary>
    public static Tensor Leaf(params float[] values) => Leaf(Tensor.From(values));

    /// <summary>A tensor that requires a gradient from now on.</summary>
    public static Tensor Leaf(Tensor x)
    {
        x.RequiresGrad = true;
        return x;
    }

    /// <summary>The accumulated gradient's elements.</summary>
    public static float[] GradOf(Tensor x) => x.Grad!.ToArray<float>();
}
