using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// A residual network: a stem, four stages of residual blocks that each halve the image but the
/// first, the mean over the image, and a linear classifier; (N, C, H, W) → (N, classes). Names and
/// first weights are torchvision's. He, Zhang, Ren, Sun: Deep Residual Learning for Image
/// Recognition, 2016, section 3.3 and table 1.
/// </summary>
public abstract class ResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1 = new(64);
    private readonly ReLU _relu = new();
    private readonly MaxPool2d? _maxpool;
    private readonly Sequential _layer1;
    private readonly Sequential _layer2;
    private readonly Sequential _layer3;
    private readonly Sequential _layer4;
    private readonly AdaptiveAvgPool2d _avgpool = new(1);
    private readonly Linear _fc;

    /// <summary>A block of a stage.</summary>
    /// <param name="inChannels">Channels that it gets.</param>
    /// <param name="channels">Channels within; what it gives is a multiple.</param>
    /// <param name="stride">By how much it shrinks the image.</param>
    private protected delegate Module<Tensor, Tensor> Block(
        int inChannels, int channels, int stride);

    /// <summary>Makes a network with new weights.</summary>
    /// <param name="block">Makes a block.</param>
    /// <param name="expansion">Channels that a block gives, over those within.</param>
    /// <param name="depths">Blocks of each stage.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="inChannels">Channels of the image.</param>
    /// <param name="smallImages">A 3×3 stem that keeps the image's size, for 32×32 images (the
    /// paper's section 4.2), instead of the 7×7 one with max pooling.</param>
    private protected ResNet(Block block, int expansion, int[] depths, int classes, int inChannels,
        bool smallImages)
    {
        (_conv1, _maxpool) = smallImages
            ? (new Conv2d(inChannels, 64, 3, padding: 1, bias: false), null)
            : (new Conv2d(inChannels, 64, 7, stride: 2, padding: 3, bias: false),
                new MaxPool2d(3, stride: 2, padding: 1));
        var width = 64;
        _layer1 = Stage(64, depths[0], 1);
        _layer2 = Stage(128, depths[1], 2);
        _layer3 = Stage(256, depths[2], 2);
        _layer4 = Stage(512, depths[3], 2);
        _fc = new Linear(width, classes);
        TorchInit.Apply(this);

        Sequential Stage(int channels, int depth, int stride)
        {
            var blocks = new Module<Tensor, Tensor>[depth];
            for (var i = 0; i < depth; i++)
            {
                blocks[i] = block(width, channels, i == 0 ? stride : 1);
                width = channels * expansion;
            }
            return new Sequential(blocks);
        }
    }

    /// <inheritdoc/>
    protected sealed override Tensor Forward(Tensor x)
    {
        x = _relu.Call(_bn1.Call(_conv1.Call(x)));
        x = _maxpool?.Call(x) ?? x;
        x = _layer4.Call(_layer3.Call(_layer2.Call(_layer1.Call(x))));
        return _fc.Call(_avgpool.Call(x).Flatten(1));
    }

    /// <summary>What brings a block's input to the shape of its output, or null where it has it.
    /// </summary>
    internal static Sequential? Shortcut(int inChannels, int outChannels, int stride) =>
        stride == 1 && inChannels == outChannels
            ? null
            : new Sequential(
                new Conv2d(inChannels, outChannels, 1, stride: stride, bias: false),
                new BatchNorm2d(outChannels));
}
