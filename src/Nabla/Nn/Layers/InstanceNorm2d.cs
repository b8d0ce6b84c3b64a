using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Instance normalization of images, (N, C, H, W) to the same: each channel of each sample by its
/// own mean and variance, <c>y = (x − mean) / √(variance + ε) · weight + bias</c>. Source: Ulyanov,
/// Vedaldi, Lempitsky: Instance Normalization, 2016, equation 2; <c>torch.nn.InstanceNorm2d</c>
/// without running statistics.
/// </summary>
/// <exception cref="ArgumentException">Calling it with another shape, or with one pixel.
/// </exception>
public sealed class InstanceNorm2d : Module<Tensor, Tensor>
{
    private readonly int _channels;
    private readonly double _epsilon;

    /// <summary>Makes a layer.</summary>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether there are weight (first 1) and bias (first 0).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no channel.</exception>
    public InstanceNorm2d(int channels, double epsilon = 1e-5, bool affine = false)
    {
        Require.AtLeast(nameof(InstanceNorm2d), channels, 1);
        Require.NotNegative(nameof(InstanceNorm2d), epsilon);
        (_channels, _epsilon) = (channels, epsilon);
        if (affine)
        {
            Weight = new Parameter(Tensor.Ones(channels));
            Bias = new Parameter(Tensor.Zeros(channels));
        }
    }

    /// <summary>The scale (C,), or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>The shift (C,), or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string Description =>
        $"{_channels}, eps={_epsilon}, affine={(Weight is null ? "False" : "True")}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        if (x.Rank != 4 || x.Shape[1] != _channels)
        {
            throw new ArgumentException(
                $"InstanceNorm2d expects (N, {_channels}, H, W) but got {x.Shape}");
        }
        return x.Shape[2] * x.Shape[3] != 1
            ? x.GroupNorm(_channels, Weight, Bias, _epsilon)
            : throw new ArgumentException($"InstanceNorm2d needs more than one pixel per channel, "
                + $"but got {x.Shape}");
    }
}
