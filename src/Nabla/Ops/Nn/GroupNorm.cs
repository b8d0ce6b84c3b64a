using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Group normalization as a member of <see cref="Tensor"/>: layer normalization of each
/// group of channels, then a scale and a shift per channel.</summary>
public static class GroupNormOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// (x − mean) / √(variance + ε) · weight + bias, (N, C, …) to the same, with the statistics
        /// of each sample's groups of C / groups channels.
        /// </summary>
        /// <param name="groups">How many groups; divides C.</param>
        /// <param name="weight">(C,), or null for 1; comes with a bias.</param>
        /// <param name="bias">(C,), or null for 0.</param>
        /// <param name="epsilon">Added to the (biased) variance.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        public Tensor GroupNorm(
            int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
        {
            FloatInputs.Check("GroupNorm", [x]);
            Require.NotNegative("GroupNorm", epsilon);
            var shape = x.Shape;
            if (shape.Rank < 2 || groups < 1 || shape[1] % groups != 0)
            {
                throw new ArgumentException($"GroupNorm expects (N, C, …) with C a multiple of "
                    + $"{groups} groups, but got {shape}");
            }
            if (weight is null != bias is null)
            {
                throw new ArgumentException("GroupNorm takes both weight and bias, or neither");
            }
            // Sizes in full: −1 is ambiguous where N is 0.
            var perGroup = shape[1] / groups;
            for (var d = 2; d < shape.Rank; d++)
            {
                perGroup *= shape[d];
            }
            var y = x.Reshape(new Shape(shape[0], groups, perGroup))
                .LayerNorm(epsilon: epsilon).Reshape(shape);
            return weight is null ? y
                : (y * BatchNormShapes.PerChannel(weight, shape.Rank))
                    + BatchNormShapes.PerChannel(bias!, shape.Rank);
        }
    }
}
