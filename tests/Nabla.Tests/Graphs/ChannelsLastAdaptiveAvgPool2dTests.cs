using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ChannelsLastAdaptiveAvgPool2dTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void It_is_the_pooling_in_another_layout(int size)
    {
        var x = Tensor.Randn(2, 21, 9, 8);
        var y = new ChannelsLastAdaptiveAvgPool2d(size).Apply(x.Permute(0, 2, 3, 1));
        var difference = y.Permute(0, 3, 1, 2) - x.AdaptiveAvgPool2d(size);
        Assert.True(difference.Abs().Max().Item() < 1e-6);
    }
}
