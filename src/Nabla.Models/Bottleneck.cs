using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// A 3×3 convolution between two 1×1 ones, beside a shortcut: <c>y = relu(F(x) + x)</c>,
/// (N, C, H, W) → (N, 4·channels, H/stride, W/stride). He, Zhang, Ren, Sun 2016, figure 5 right;
/// the 3×3 convolution has the stride, as in torchvision.
/// </summary>
internal sealed class Bottleneck(int inChannels, int channels, int stride)
    : Module<Tensor, Tensor>
{
    /// <summary>Channels that it gives, over those within.</summary>
    public const int Expansion = 4;

    private readonly Conv2d _conv1 = new(inChannels, channels, 1, bias: false);
    private readonly BatchNorm2d _bn1 = new(channels);
    private readonly Conv2d _conv2 =
        new(channels, channels, 3, stride: stride, padding: 1, bias: false);

    private readonly BatchNorm2d _bn2 = new(channels);
    private readonly Conv2d _conv3 = new(channels, Expansion * channels, 1, bias: false);
    private readonly BatchNorm2d _bn3 = new(Expansion * channels);
    private readonly ReLU _relu = new();
    private readonly Sequential? _downsample =
        ResNet.Shortcut(inChannels, Expansion * channels, stride);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        var y = _relu.Call(_bn1.Call(_conv1.Call(x)));
        y = _relu.Call(_bn2.Call(_conv2.Call(y)));
        return _relu.Call(_bn3.Call(_conv3.Call(y)) + (_downsample?.Call(x) ?? x));
    }
}
