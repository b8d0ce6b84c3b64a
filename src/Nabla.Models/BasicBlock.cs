using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// Two 3×3 convolutions beside a shortcut: <c>y = relu(F(x) + x)</c>, (N, C, H, W) →
/// (N, channels, H/stride, W/stride). He, Zhang, Ren, Sun 2016, figure 5 left.
/// </summary>
internal sealed class BasicBlock(int inChannels, int channels, int stride)
    : Module<Tensor, Tensor>
{
    private readonly Conv2d _conv1 =
        new(inChannels, channels, 3, stride: stride, padding: 1, bias: false);

    private readonly BatchNorm2d _bn1 = new(channels);
    private readonly ReLU _relu = new();
    private readonly Conv2d _conv2 = new(channels, channels, 3, padding: 1, bias: false);
    private readonly BatchNorm2d _bn2 = new(channels);
    private readonly Sequential? _downsample = ResNet.Shortcut(inChannels, channels, stride);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        var y = _relu.Call(_bn1.Call(_conv1.Call(x)));
        return _relu.Call(_bn2.Call(_conv2.Call(y)) + (_downsample?.Call(x) ?? x));
    }
}
