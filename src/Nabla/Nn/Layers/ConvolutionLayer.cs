using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// What <see cref="Conv2d"/> and <see cref="ConvTranspose2d"/> have in common: their settings, and
/// weights that begin in U(−1/√fan, 1/√fan) when the input's channels are known.
/// </summary>
/// <exception cref="ArgumentException">Calling it where the channels are not C.</exception>
public abstract class ConvolutionLayer : Module<Tensor, Tensor>
{
    private protected ConvolutionLayer(
        int outChannels, Size2d kernelSize, Conv2dGeometry geometry, bool bias)
    {
        if (outChannels < 1 || kernelSize.Height < 1 || kernelSize.Width < 1)
        {
            throw new ArgumentException($"{GetType().Name}: channels and kernel must be at least "
                + $"1, got {outChannels} output channels and a kernel of {kernelSize}");
        }
        geometry.Check(GetType().Name);
        CheckGroups(geometry.Groups, outChannels, "output");
        OutChannels = outChannels;
        KernelSize = kernelSize;
        Geometry = geometry;
        Weight = Parameter.Deferred();
        Bias = bias ? Parameter.Deferred() : null;
    }

    /// <summary>The weights: (K, C/groups, R, S), or transposed (C, K/groups, R, S).</summary>
    public Parameter Weight { get; }

    /// <summary>b (K,), or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>R and S.</summary>
    public Size2d KernelSize { get; }

    /// <summary>Stride, padding, dilation and groups.</summary>
    public Conv2dGeometry Geometry { get; }

    /// <inheritdoc/>
    protected override string Description =>
        $"{(Weight.IsDeferred ? "?" : InChannels)}, {OutChannels}, kernel_size={KernelSize}, "
        + $"stride={Geometry.Stride}"
        + (Geometry.Padding == 0 ? "" : $", padding={Geometry.Padding}")
        + (Geometry.Dilation == 1 ? "" : $", dilation={Geometry.Dilation}")
        + OtherSettings
        + (Geometry.Groups == 1 ? "" : $", groups={Geometry.Groups}")
        + (Bias is null ? ", bias=False" : "");

    private protected int OutChannels { get; }

    /// <summary>C, once the weights are there.</summary>
    private protected abstract int InChannels { get; }

    /// <summary>What the layer's description says besides.</summary>
    private protected virtual string OtherSettings => "";

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
            ? Convolve(x)
            : throw new ArgumentException($"{GetType().Name} expects "
                + $"(N, {(Weight.IsDeferred ? "C" : InChannels)}, H, W) but got {x.Shape}");

    private protected abstract Tensor Convolve(Tensor x);

    /// <summary>The weights' shape for C input channels.</summary>
    private protected abstract Shape WeightShape(int inChannels);

    /// <summary>Draws the weights for C input channels.</summary>
    private protected void Materialize(int inChannels)
    {
        CheckGroups(Geometry.Groups, inChannels, "input");
        Weight.Materialize(Init.KaimingUniform(
            Tensor.Empty(WeightShape(inChannels), Weight.DType), Math.Sqrt(5)));
        if (Bias is { IsDeferred: true })
        {
            var bound = 1 / Math.Sqrt(Init.Fans(Weight).In);
            Bias.Materialize(Init.Uniform(
                Tensor.Empty(new Shape(OutChannels), Bias.DType), -bound, bound));
        }
    }

    private void CheckGroups(int groups, int channels, string side)
    {
        if (channels < 1 || channels % groups != 0)
        {
            throw new ArgumentException($"{GetType().Name}: {groups} groups do not divide "
                + $"{channels} {side} channels");
        }
    }
}
