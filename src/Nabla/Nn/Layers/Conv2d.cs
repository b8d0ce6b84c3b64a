using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A convolution of images: <c>y[n, k] = b[k] + Σ_c w[k, c] ⋆ x[n, c]</c>, (N, C, H, W) →
/// (N, K, OH, OW), OH = ⌊(H + 2·padding − dilation·(R − 1) − 1) / stride⌋ + 1, with weights
/// (K, C/groups, R, S) and b (K,), both first from U(−1/√fan, 1/√fan), fan = C/groups·R·S. Source:
/// Dumoulin, Visin: A guide to convolution arithmetic, 2016; <c>torch.nn.Conv2d</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it where the channels are not C.</exception>
public sealed class Conv2d : Module<Tensor, Tensor>
{
    private readonly int _outChannels;
    private readonly Size2d _kernel;
    private readonly Conv2dGeometry _geometry;

    /// <summary>Makes a layer with new weights.</summary>
    /// <param name="inChannels">C.</param>
    /// <param name="outChannels">K.</param>
    /// <param name="kernelSize">R and S.</param>
    /// <param name="stride">Pixels from one output to the next; 1.</param>
    /// <param name="padding">Zeros around the image; 0.</param>
    /// <param name="dilation">Pixels from one tap to the next; 1.</param>
    /// <param name="groups">Groups of channels that do not mix.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the groups do not divide the
    /// channels.</exception>
    public Conv2d(int inChannels, int outChannels, Size2d kernelSize, Size2d? stride = null,
        Size2d? padding = null, Size2d? dilation = null, int groups = 1, bool bias = true)
        : this(outChannels, kernelSize,
            new Conv2dGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups), bias) =>
        Materialize(inChannels);

    private Conv2d(int outChannels, Size2d kernelSize, Conv2dGeometry geometry, bool bias)
    {
        if (outChannels < 1 || kernelSize.Height < 1 || kernelSize.Width < 1)
        {
            throw new ArgumentException("Conv2d: channels and kernel must be at least 1, got "
                + $"{outChannels} output channels and a kernel of {kernelSize}");
        }
        geometry.Check();
        if (outChannels % geometry.Groups != 0)
        {
            throw new ArgumentException($"Conv2d: {geometry.Groups} groups do not divide "
                + $"{outChannels} output channels");
        }
        _outChannels = outChannels;
        _kernel = kernelSize;
        _geometry = geometry;
        Weight = Parameter.Deferred();
        Bias = bias ? Parameter.Deferred() : null;
    }

    /// <summary>The weights (K, C/groups, R, S).</summary>
    public Parameter Weight { get; }

    /// <summary>b (K,), or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>R and S.</summary>
    public Size2d KernelSize => _kernel;

    /// <summary>Stride, padding, dilation and groups.</summary>
    public Conv2dGeometry Geometry => _geometry;

    /// <inheritdoc/>
    protected override string Description =>
        $"{(Weight.IsDeferred ? "?" : InChannels)}, {_outChannels}, kernel_size={_kernel}, "
        + $"stride={_geometry.Stride}"
        + (_geometry.Padding == 0 ? "" : $", padding={_geometry.Padding}")
        + (_geometry.Dilation == 1 ? "" : $", dilation={_geometry.Dilation}")
        + (_geometry.Groups == 1 ? "" : $", groups={_geometry.Groups}")
        + (Bias is null ? ", bias=False" : "");

    private int InChannels => Weight.Shape[1] * _geometry.Groups;

    /// <summary>A layer whose channels C the first input decides.</summary>
    /// <inheritdoc cref="Conv2d(int, int, Size2d, Size2d?, Size2d?, Size2d?, int, bool)"/>
    public static Conv2d Lazy(int outChannels, Size2d kernelSize, Size2d? stride = null,
        Size2d? padding = null, Size2d? dilation = null, int groups = 1, bool bias = true) =>
        new(outChannels, kernelSize,
            new Conv2dGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups), bias);

    /// <inheritdoc/>
    protected override void Prepare(Tensor x)
    {
        if (Weight.IsDeferred && x.Rank is 3 or 4)
        {
            Materialize(x.Shape[^3]);
        }
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        x.Rank is 3 or 4 && !Weight.IsDeferred && x.Shape[^3] == InChannels
            ? x.Conv2d(Weight, Bias, _geometry.Stride, _geometry.Padding, _geometry.Dilation,
                _geometry.Groups)
            : throw new ArgumentException(
                $"Conv2d expects (N, {(Weight.IsDeferred ? "C" : InChannels)}, H, W) but got "
                + $"{x.Shape}");

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        output.Count * (Weight.Count / _outChannels);

    /// <inheritdoc/>
    protected internal override ReceptiveField Window(Shape input, Shape output) =>
        ReceptiveField.Window(_kernel, _geometry.Stride, _geometry.Dilation);

    private void Materialize(int inChannels)
    {
        if (inChannels < 1 || inChannels % _geometry.Groups != 0)
        {
            throw new ArgumentException($"Conv2d: {_geometry.Groups} groups do not divide "
                + $"{inChannels} input channels");
        }
        var shape = new Shape(
            _outChannels, inChannels / _geometry.Groups, _kernel.Height, _kernel.Width);
        Weight.Materialize(Init.KaimingUniform(Tensor.Empty(shape, Weight.DType), Math.Sqrt(5)));
        if (Bias is { IsDeferred: true })
        {
            var bound = 1 / Math.Sqrt(Init.Fans(Weight).In);
            Bias.Materialize(Init.Uniform(
                Tensor.Empty(new Shape(_outChannels), Bias.DType), -bound, bound));
        }
    }
}
