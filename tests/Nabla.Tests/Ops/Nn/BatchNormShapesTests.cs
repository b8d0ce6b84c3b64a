using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Nn;

public class BatchNormShapesTests
{
    [Fact]
    public void Statistics_run_over_all_dimensions_but_the_second()
    {
        Assert.Equal([0], BatchNormShapes.AllButChannels(2));
        Assert.Equal([0, 2, 3], BatchNormShapes.AllButChannels(4));
    }

    [Fact]
    public void A_vector_of_channels_broadcasts_over_the_rest()
    {
        Assert.Equal(new Shape(3, 1, 1),
            BatchNormShapes.PerChannel(Tensor.Zeros(3), 4).Shape);
        Assert.Equal(new Shape(3), BatchNormShapes.PerChannel(Tensor.Zeros(3), 2).Shape);
    }
}
