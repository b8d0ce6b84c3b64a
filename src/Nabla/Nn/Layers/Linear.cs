using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A fully connected layer: <c>y = x·Wᵀ + b</c>, (N, …, in) → (N, …, out), with W (out, in) and
/// b (out,), both first from U(−1/√in, 1/√in). Source: LeCun, Bottou, Orr, Müller: Efficient
/// BackProp, 1998, section 4.6; <c>torch.nn.Linear</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it where the last size is not <c>in</c>.</exception>
public sealed class Linear : Module<Tensor, Tensor>
{
    private readonly int _outFeatures;

    /// <summary>Makes a layer with new weights.</summary>
    /// <param name="inFeatures">The size of inputs.</param>
    /// <param name="outFeatures">The size of outputs.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Linear(int inFeatures, int outFeatures, bool bias = true) : this(outFeatures, bias)
    {
        Materialize(inFeatures);
    }

    private Linear(int outFeatures, bool bias)
    {
        Require.AtLeast(nameof(Linear), outFeatures, 1);
        _outFeatures = outFeatures;
        Weight = Parameter.Deferred();
        Bias = bias ? Parameter.Deferred() : null;
    }

    /// <summary>W (out, in).</summary>
    public Parameter Weight { get; }

    /// <summary>b (out,), or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string Description =>
        $"in_features={(Weight.IsDeferred ? "?" : Weight.Shape[1])}, out_features={_outFeatures}"
        + (Bias is null ? ", bias=False" : "");

    /// <summary>A layer whose input size the first input decides.</summary>
    /// <param name="outFeatures">The size of outputs.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public static Linear Lazy(int outFeatures, bool bias = true) => new(outFeatures, bias);

    /// <inheritdoc/>
    protected override void Prepare(Tensor x)
    {
        if (Weight.IsDeferred && x.Rank > 0)
        {
            Materialize(x.Shape[^1]);
        }
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        x.Rank > 0 && x.Shape[^1] == Weight.Shape[^1]
            ? x.Linear(Weight, Bias)
            : throw new ArgumentException(Weight.IsDeferred
                ? $"Linear expects (…, in) but got {x.Shape}, which has no features"
                : $"Linear expects (…, {Weight.Shape[^1]}) but got {x.Shape}; flatten first?");

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        output.Count * Weight.Shape[1];

    private void Materialize(int inFeatures)
    {
        Require.AtLeast(nameof(Linear), inFeatures, 1);
        var bound = 1 / Math.Sqrt(inFeatures);
        Weight.Materialize(Init.KaimingUniform(
            Tensor.Empty(new Shape(_outFeatures, inFeatures), Weight.DType), Math.Sqrt(5)));
        if (Bias is { IsDeferred: true })
        {
            Bias.Materialize(Init.Uniform(
                Tensor.Empty(new Shape(_outFeatures), Bias.DType), -bound, bound));
        }
    }
}
