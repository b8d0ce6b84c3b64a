using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// A 1×1 convolution that widens, a 3×3 one of each channel, and a 1×1 one that narrows without a
/// nonlinearity; the input is added where it has the output's shape. (N, C, H, W) →
/// (N, outChannels, H/stride, W/stride). Sandler, Howard, Zhu, Zhmoginov, Chen: MobileNetV2, 2018,
/// section 3.3 and table 1.
/// </summary>
internal sealed class InvertedResidual : Module<Tensor, Tensor>
{
    private readonly Sequential _conv;
    private readonly bool _hasShortcut;

    public InvertedResidual(int inChannels, int outChannels, int stride, int expansion)
    {
        var hidden = inChannels * expansion;
        Module<Tensor, Tensor>[] widen =
            expansion == 1 ? [] : [ConvNormAct(inChannels, hidden, 1)];
        _conv = new Sequential([
            .. widen,
            ConvNormAct(hidden, hidden, 3, stride, groups: hidden),
            new Conv2d(hidden, outChannels, 1, bias: false), new BatchNorm2d(outChannels),
        ]);
        _hasShortcut = stride == 1 && inChannels == outChannels;
    }

    /// <summary>A convolution that keeps the image's size over the stride, batch normalization,
    /// ReLU6.</summary>
    public static Sequential ConvNormAct(
        int inChannels, int outChannels, int kernel, int stride = 1, int groups = 1) => new(
        new Conv2d(inChannels, outChannels, kernel, stride: stride, padding: kernel / 2,
            groups: groups, bias: false),
        new BatchNorm2d(outChannels), new ReLU6());

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        var y = _conv.Call(x);
        return _hasShortcut ? x + y : y;
    }
}
