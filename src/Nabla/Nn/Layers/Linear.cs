using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A fully connected layer: y (…, out) = x (…, in) · Wᵀ + b, with W (out, in) and b (out,). Weights
/// start as U(−1/√in, 1/√in). Throws when the last size of x is not <c>in</c>. Source:
/// <c>torch.nn.Linear</c>;
/// Rosenblatt: The Perceptron, 1958.
/// </summary>
public sealed class Linear : Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    /// <summary>Makes a layer with new weights.</summary>
    /// <param name="inFeatures">Size of the inputs.</param>
    /// <param name="outFeatures">Size of the outputs.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Linear(int inFeatures, int outFeatures, bool bias = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        _weight = new Parameter(Tensor.Empty(new Shape(outFeatures, inFeatures)));
        Init.KaimingUniform(_weight, Math.Sqrt(5));
        if (bias)
        {
            var bound = 1 / Math.Sqrt(inFeatures);
            _bias = new Parameter(Tensor.Empty(new Shape(outFeatures)));
            Init.Uniform(_bias, -bound, bound);
        }
    }

    /// <summary>W (out, in).</summary>
    public Parameter Weight => _weight;

    /// <summary>b (out,), or null.</summary>
    public Parameter? Bias => _bias;

    /// <inheritdoc/>
    protected override string Description =>
        $"{_weight.Shape[1]}, {_weight.Shape[0]}{(_bias is null ? ", bias=False" : "")}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Linear(_weight, _bias);

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        output.Count * _weight.Shape.Dims[1];
}
