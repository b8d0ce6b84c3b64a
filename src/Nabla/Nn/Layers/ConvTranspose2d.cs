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
public sealed class ConvTranspose2d : ConvolutionLayer
{
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
        : base(outChannels, kernelSize, geometry, bias)
    {
        ConvTranspose2dOps.Check(in geometry, outputPadding);
        OutputPadding = outputPadding;
    }

    /// <summary>Rows and columns kept at the output's end.</summary>
    public Size2d OutputPadding { get; }

    private protected override int InChannels => Weight.Shape[0];

    private protected override string OtherSettings =>
        OutputPadding == 0 ? "" : $", output_padding={OutputPadding}";

    /// <summary>A layer whose channels C the first input decides.</summary>
    /// <inheritdoc cref="ConvTranspose2d(int, int, Size2d, Size2d?, Size2d?, Size2d?, int, bool,
    /// Size2d?)"/>
    public static ConvTranspose2d Lazy(int outChannels, Size2d kernelSize, Size2d? stride = null,
        Size2d? padding = null, Size2d? outputPadding = null, int groups = 1, bool bias = true,
        Size2d? dilation = null) =>
        new(outChannels, kernelSize, outputPadding ?? 0,
            new Conv2dGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups), bias);

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        input.Count * (Weight.Count / InChannels);

    /// <summary>The most rows and columns that meet in an output pixel; neighbours look less than
    /// a pixel apart, which counts as one.</summary>
    protected internal override ReceptiveField Window(Shape input, Shape output) => new(
        new Size2d(
            ((KernelSize.Height - 1) * Geometry.Dilation.Height / Geometry.Stride.Height) + 1,
            ((KernelSize.Width - 1) * Geometry.Dilation.Width / Geometry.Stride.Width) + 1),
        1);

    private protected override Tensor Convolve(Tensor x) => x.ConvTranspose2d(Weight, Bias,
        Geometry.Stride, Geometry.Padding, OutputPadding, Geometry.Groups, Geometry.Dilation);

    private protected override Shape WeightShape(int inChannels) => new(
        inChannels, OutChannels / Geometry.Groups, KernelSize.Height, KernelSize.Width);
}
