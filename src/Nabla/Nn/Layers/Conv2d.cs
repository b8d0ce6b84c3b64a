using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A convolution of images: y[n, k] = b[k] + Σ_c w[k, c] ⋆ x[n, c]; (N, C, H, W) → (N, K, OH, OW),
/// OH = ⌊(H + 2·padding − dilation·(R − 1) − 1) / stride⌋ + 1. Weights (K, C/groups, R, S) start as
/// U(−1/√fan, 1/√fan), fan = C/groups·R·S. Throws when the channels of x are not C. Source:
/// <c>torch.nn.Conv2d</c>; Dumoulin, Visin: A guide to convolution arithmetic, 2016.
/// </summary>
public sealed class Conv2d : Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly Size2d _stride;
    private readonly Size2d _padding;
    private readonly Size2d _dilation;
    private readonly int _groups;

    /// <summary>Makes a layer with new weights.</summary>
    /// <param name="inChannels">C.</param>
    /// <param name="outChannels">K.</param>
    /// <param name="kernelSize">R and S.</param>
    /// <param name="stride">Pixels from one output to the next; 1.</param>
    /// <param name="padding">Zeros around the image; 0.</param>
    /// <param name="dilation">Pixels from one tap to the next; 1.</param>
    /// <param name="groups">Independent groups of channels.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the groups do not divide the
    /// channels.</exception>
    public Conv2d(int inChannels, int outChannels, Size2d kernelSize, Size2d? stride = null,
        Size2d? padding = null, Size2d? dilation = null, int groups = 1, bool bias = true)
    {
        if (inChannels < 1 || outChannels < 1 || kernelSize.Height < 1 || kernelSize.Width < 1)
        {
            throw new ArgumentException($"Conv2d expects channels and kernel of at least 1 but got "
                + $"{inChannels} → {outChannels} channels and a kernel of {kernelSize}");
        }
        if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw new ArgumentException($"Conv2d: {groups} groups do not divide {inChannels} → "
                + $"{outChannels} channels");
        }
        _stride = stride ?? 1;
        _padding = padding ?? 0;
        _dilation = dilation ?? 1;
        _groups = groups;
        _weight = new Parameter(Tensor.Empty(new Shape(
            outChannels, inChannels / groups, kernelSize.Height, kernelSize.Width)));
        Init.KaimingUniform(_weight, Math.Sqrt(5));
        if (bias)
        {
            var bound = 1 / Math.Sqrt(Init.Fans(_weight).In);
            _bias = new Parameter(Tensor.Empty(new Shape(outChannels)));
            Init.Uniform(_bias, -bound, bound);
        }
    }

    /// <summary>The weights (K, C/groups, R, S).</summary>
    public Parameter Weight => _weight;

    /// <summary>b (K,), or null.</summary>
    public Parameter? Bias => _bias;

    /// <inheritdoc/>
    protected override string Description => $"{_weight.Shape[1] * _groups}, {_weight.Shape[0]}, "
        + $"kernel_size={new Size2d(_weight.Shape[2], _weight.Shape[3])}, stride={_stride}"
        + (_padding == 0 ? "" : $", padding={_padding}")
        + (_dilation == 1 ? "" : $", dilation={_dilation}")
        + (_groups == 1 ? "" : $", groups={_groups}") + (_bias is null ? ", bias=False" : "");

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        x.Conv2d(_weight, _bias, _stride, _padding, _dilation, _groups);

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        output.Count * (_weight.Count / _weight.Shape[0]);
}
