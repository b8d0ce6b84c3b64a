using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Layer normalization over the last dimensions, (…, normalized) to the same:
/// <c>y = (x − mean) / √(variance + ε) · weight + bias</c>, with the biased variance. Source: Ba,
/// Kiros, Hinton: Layer Normalization, 2016, section 3; <c>torch.nn.LayerNorm</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it with other last sizes.</exception>
public sealed class LayerNorm : Module<Tensor, Tensor>
{
    private readonly double _epsilon;

    /// <summary>Makes a layer with weight 1 and bias 0.</summary>
    /// <param name="normalizedShape">The last sizes of inputs.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="elementwiseAffine">Whether there are weight and bias.</param>
    /// <exception cref="ArgumentException">There is no size.</exception>
    public LayerNorm(Shape normalizedShape, double epsilon = 1e-5, bool elementwiseAffine = true)
    {
        if (normalizedShape.Rank == 0 || normalizedShape.Count == 0)
        {
            throw new ArgumentException("LayerNorm needs at least one size to normalize over, and "
                + $"none that is 0, got {normalizedShape}");
        }
        Require.NotNegative(nameof(LayerNorm), epsilon);
        NormalizedShape = normalizedShape;
        _epsilon = epsilon;
        if (elementwiseAffine)
        {
            Weight = new Parameter(Tensor.Ones(normalizedShape));
            Bias = new Parameter(Tensor.Zeros(normalizedShape));
        }
    }

    /// <summary>Makes a layer over the last dimension.</summary>
    /// <param name="features">Its size.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="elementwiseAffine">Whether there are weight and bias.</param>
    public LayerNorm(int features, double epsilon = 1e-5, bool elementwiseAffine = true)
        : this(new Shape(features), epsilon, elementwiseAffine)
    {
    }

    /// <summary>The last sizes of inputs.</summary>
    public Shape NormalizedShape { get; }

    /// <summary>The scale, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>The shift, or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string Description => $"{NormalizedShape}, eps={_epsilon}"
        + (Weight is null ? ", elementwise_affine=False" : "");

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        x.Rank >= NormalizedShape.Rank
            && x.Shape.Dims[^NormalizedShape.Rank..].SequenceEqual(NormalizedShape.Dims)
            ? x.LayerNorm(NormalizedShape.Rank, Weight, Bias, _epsilon)
            : throw new ArgumentException(
                $"LayerNorm expects last sizes {NormalizedShape} but got {x.Shape}");
}
