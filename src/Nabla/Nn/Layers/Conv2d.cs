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
public sealed class Conv2d : ConvolutionLayer
{
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
        : base(outChannels, kernelSize, geometry, bias)
    {
    }

    private protected override int InChannels => Weight.Shape[1] * Geometry.Groups;

    /// <summary>A layer whose channels C the first input decides.</summary>
    /// <inheritdoc cref="Conv2d(int, int, Size2d, Size2d?, Size2d?, Size2d?, int, bool)"/>
    public static Conv2d Lazy(int outChannels, Size2d kernelSize, Size2d? stride = null,
        Size2d? padding = null, Size2d? dilation = null, int groups = 1, bool bias = true) =>
        new(outChannels, kernelSize,
            new Conv2dGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups), bias);

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        output.Count * (Weight.Count / OutChannels);

    /// <inheritdoc/>
    protected internal override ReceptiveField Window(Shape input, Shape output) =>
        ReceptiveField.Window(KernelSize, Geometry.Stride, Geometry.Dilation);

    private protected override Tensor Convolve(Tensor x) => x.Conv2d(Weight, Bias,
        Geometry.Stride, Geometry.Padding, Geometry.Dilation, Geometry.Groups);

    private protected override Shape WeightShape(int inChannels) => new(
        OutChannels, inChannels / Geometry.Groups, KernelSize.Height, KernelSize.Width);
}
