using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A transposed convolution of images: each pixel x[n, c] adds w[c, k] · x[n, c] to a window of
/// y[n, k], which begins at b[k]; (N, C, H, W) → (N, K, OH, OW), OH = (H − 1)·stride − 2·padding +
/// dilation·(R − 1) + output padding + 1, with weights (C, K/groups, R, S) and b (K,), both first
/// from U(−1/√fan, 1/√fan), fan = K/groups·R·S. Source: Dumoulin, Visin: A guide to convolution
/// arithmetic, 2016, chapter 4; <c>torch.nn.ConvTranspose2d</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it where the channels are not C.</exception>
public sealed class ConvTranspose2d : Module<Tensor, Tensor>
{
    private readonly int _outChannels;
    private readonly Size2d _kernel;
    private readonly Size2d _outputPadding;
    private readonly Conv2dGeometry _geometry;

    /// <summary>Makes a layer with new weights.</summary>
    /// <param name="inChannels">C.</param>
    /// <param name="outChannels">K.</param>
    /// <param name="kernelSize">R and S.</param>
    /// <param name="stride">Pixels between the windows of two neighbours; 1.</param>
    /// <param name="padding">Rows and columns cut off on each side of the output; 0.</param>
    /// <param name="outputPadding">Rows and columns kept at its end all the same; 0.</param>
    /// <param name="groups">Groups of channels that do not mix.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <param name="dilation">Pixels from one tap to the next; 1.</param>
    /// <exception cref="ArgumentException">A size is below 1, the output padding is neither
    /// smaller than the stride nor than the dilation, or the groups do not divide the channels.
    /// </exception>
    public ConvTranspose2d(int inChannels, int outChannels, Size2d kernelSize,
        Size2d? stride = null, Size2d? padding = null, Size2d? outputPadding = null,
        int groups = 1, bool bias = true, Size2d? dilation = null)
        : this(outChannels, kernelSize, outputPadding ?? 0,
            new Conv2dGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups), bias) =>
        Materialize(inChannels);

    private ConvTranspose2d(int outChannels, Size2d kernelSize, Size2d outputPadding,
        Conv2dGeometry geometry, bool bias)
    {
        if (outChannels < 1 || kernelSize.Height < 1 || kernelSize.Width < 1)
        {
            throw new ArgumentException("ConvTranspose2d: channels and kernel must be at least 1, "
                + $"got {outChannels} output channels and a kernel of {kernelSize}");
        }
        ConvTranspose2dOps.Check(in geometry, outputPadding);
        if (outChannels % geometry.Groups != 0)
        {
            throw new ArgumentException($"ConvTranspose2d: {geometry.Groups} groups do not divide "
                + $"{outChannels} output channels");
        }
        _outChannels = outChannels;
        _kernel = kernelSize;
        _outputPadding = outputPadding;
        _geometry = geometry;
        Weight = Parameter.Deferred();
        Bias = bias ? Parameter.Deferred() : null;
    }

    /// <summary>The weights (C, K/groups, R, S).</summary>
    public Parameter Weight { get; }

    /// <summary>b (K,), or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>R and S.</summary>
    public Size2d KernelSize => _kernel;

    /// <summary>Stride, padding, dilation and groups.</summary>
    public Conv2dGeometry Geometry => _geometry;

    /// <summary>Rows and columns kept at the output's end.</summary>
    public Size2d OutputPadding => _outputPadding;

    /// <inheritdoc/>
    protected override string Description =>
        $"{(Weight.IsDeferred ? "?" : InChannels)}, {_outChannels}, kernel_size={_kernel}, "
        + $"stride={_geometry.Stride}"
        + (_geometry.Padding == 0 ? "" : $", padding={_geometry.Padding}")
        + (_geometry.Dilation == 1 ? "" : $", dilation={_geometry.Dilation}")
        + (_outputPadding == 0 ? "" : $", output_padding={_outputPadding}")
        + (_geometry.Groups == 1 ? "" : $", groups={_geometry.Groups}")
        + (Bias is null ? ", bias=False" : "");

    private int InChannels => Weight.Shape[0];

    /// <summary>A layer whose channels C the first input decides.</summary>
    /// <inheritdoc cref="ConvTranspose2d(int, int, Size2d, Size2d?, Size2d?, Size2d?, int, bool,
    /// Size2d?)"/>
    public static ConvTranspose2d Lazy(int outChannels, Size2d kernelSize, Size2d? stride = null,
        Size2d? padding = null, Size2d? outputPadding = null, int groups = 1, bool bias = true,
        Size2d? dilation = null) =>
        new(outChannels, kernelSize, outputPadding ?? 0,
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
            ? x.ConvTranspose2d(Weight, Bias, _geometry.Stride, _geometry.Padding, _outputPadding,
                _geometry.Groups, _geometry.Dilation)
            : throw new ArgumentException("ConvTranspose2d expects "
                + $"(N, {(Weight.IsDeferred ? "C" : InChannels)}, H, W) but got {x.Shape}");

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        input.Count * (Weight.Count / InChannels);

    /// <summary>The most rows and columns that meet in an output pixel; neighbours look less than
    /// a pixel apart, which counts as one.</summary>
    protected internal override ReceptiveField Window(Shape input, Shape output) => new(
        new Size2d(
            ((_kernel.Height - 1) * _geometry.Dilation.Height / _geometry.Stride.Height) + 1,
            ((_kernel.Width - 1) * _geometry.Dilation.Width / _geometry.Stride.Width) + 1),
        1);

    private void Materialize(int inChannels)
    {
        if (inChannels < 1 || inChannels % _geometry.Groups != 0)
        {
            throw new ArgumentException($"ConvTranspose2d: {_geometry.Groups} groups do not divide "
                + $"{inChannels} input channels");
        }
        var shape = new Shape(
            inChannels, _outChannels / _geometry.Groups, _kernel.Height, _kernel.Width);
        Weight.Materialize(Init.KaimingUniform(Tensor.Empty(shape, Weight.DType), Math.Sqrt(5)));
        if (Bias is { IsDeferred: true })
        {
            var bound = 1 / Math.Sqrt(Init.Fans(Weight).In);
            Bias.Materialize(Init.Uniform(
                Tensor.Empty(new Shape(_outChannels), Bias.DType), -bound, bound));
        }
    }
}
