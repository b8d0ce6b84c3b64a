using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Checks inputs of ops that compute in float32 or float64.</summary>
internal static class FloatInputs
{
    /// <summary>Throws unless all inputs have one of the two types, the same.</summary>
    /// <exception cref="ArgumentException">They have not.</exception>
    public static void Check(string op, ReadOnlySpan<Tensor> x)
    {
        foreach (var tensor in x)
        {
            if (tensor.DType is not (DType.Float32 or DType.Float64))
            {
                throw new ArgumentException($"{op} computes in float32 or float64 but got "
                    + $"{tensor.DType.Name}; convert with To(DType.Float32) first");
            }
            if (tensor.DType != x[0].DType)
            {
                throw new ArgumentException($"{op}: the inputs are {x[0].DType.Name} and "
                    + $"{tensor.DType.Name}; convert one with To(dtype) first");
            }
        }
    }
}
