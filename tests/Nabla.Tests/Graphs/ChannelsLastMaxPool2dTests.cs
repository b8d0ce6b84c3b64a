using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ChannelsLastMaxPool2dTests
{
    [Fact]
    public void It_is_the_pooling_in_another_layout()
    {
        var x = Tensor.Randn(2, 21, 9, 8);
        var op = new ChannelsLastMaxPool2d(new(3, 2, 1, 1, false));
        Assert.Equal(
            x.MaxPool2d(3, 2, 1).Permute(0, 2, 3, 1).ToArray<float>(),
            op.Apply(x.Permute(0, 2, 3, 1)).ToArray<float>());
    }
}
