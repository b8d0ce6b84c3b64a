using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Group normalization, (N, C, …) to the same: <c>y = (x − mean) / √(variance + ε) · weight +
/// bias</c> with the statistics of each sample's groups of C / groups channels. Source: Wu, He:
/// Group Normalization, 2018, section 3; <c>torch.nn.GroupNorm</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it with another number of channels.</exception>
public sealed class GroupNorm : Module<Tensor, Tensor>
{
    private readonly int _groups;
    private readonly int _channels;
    private readonly double _epsilon;

    /// <summary>Makes a layer with weight 1 and bias 0.</summary>
    /// <param name="groups">How many groups.</param>
    /// <param name="channels">C, a multiple of it.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether there are weight and bias.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true)
    {
        Require.AtLeast(nameof(GroupNorm), groups, 1);
        Require.AtLeast(nameof(GroupNorm), channels, 1);
        Require.NotNegative(nameof(GroupNorm), epsilon);
        if (channels % groups != 0)
        {
            throw new ArgumentException(
                $"GroupNorm: {channels} channels do not split into {groups} equal groups");
        }
        (_groups, _channels, _epsilon) = (groups, channels, epsilon);
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
    protected override string Description => $"{_groups}, {_channels}, eps={_epsilon}"
        + (Weight is null ? ", affine=False" : "");

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Rank >= 2 && x.Shape[1] == _channels
        ? x.GroupNorm(_groups, Weight, Bias, _epsilon)
        : throw new ArgumentException($"GroupNorm expects (N, {_channels}, …) but got {x.Shape}");
}
