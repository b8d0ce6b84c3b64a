using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A table of vectors: integers (…) in [0, V) to the rows (…, D) of weight (V, D), which is first
/// from N(0, 1). Source: Bengio, Ducharme, Vincent, Jauvin: A Neural Probabilistic Language Model,
/// 2003, section 2; <c>torch.nn.Embedding</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it with numbers that are no integers, or with one
/// outside [0, V).</exception>
public sealed class Embedding : Module<Tensor, Tensor>
{
    private readonly int? _paddingIndex;

    /// <summary>Makes a table.</summary>
    /// <param name="count">V, how many vectors.</param>
    /// <param name="features">D, their length.</param>
    /// <param name="paddingIndex">A row that is first 0 and gets no gradient; from the end if
    /// negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or there is no such row.
    /// </exception>
    public Embedding(int count, int features, int? paddingIndex = null)
    {
        Require.AtLeast(nameof(Embedding), count, 1);
        Require.AtLeast(nameof(Embedding), features, 1);
        if (paddingIndex is { } index)
        {
            if (index < -count || index >= count)
            {
                throw new ArgumentOutOfRangeException(nameof(paddingIndex), "Embedding: "
                    + $"paddingIndex must name one of {count} rows, {-count} … {count - 1}, got "
                    + $"{index}");
            }
            _paddingIndex = index < 0 ? index + count : index;
        }
        var weight = Init.Normal(Tensor.Empty(new Shape(count, features)));
        if (_paddingIndex is { } row)
        {
            GradMode.NoGrad(() => weight.Assign(weight
                * Tensor.Arange(count).Ne(row).To(weight.DType).Reshape(new Shape(count, 1))));
        }
        Weight = new Parameter(weight);
    }

    /// <summary>The table (V, D).</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override string Description => $"{Weight.Shape[0]}, {Weight.Shape[1]}"
        + (_paddingIndex is { } index ? $", padding_idx={index}" : "");

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Embedding(Weight, _paddingIndex);
}
