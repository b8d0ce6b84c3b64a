using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class FlattenTests
{
    [Fact]
    public void All_but_the_batch_are_merged()
    {
        var x = LayerCheck.Wave(2, 3, 4);
        var y = new Flatten().Call(x);
        Assert.Equal(new Shape(2, 12), y.Shape);
        Assert.Equal(x.ToArray<float>(), y.ToArray<float>());
        Assert.Equal(new Shape(6, 4), new Flatten(0, 1).Call(x).Shape);
    }

    [Fact]
    public void It_prints_its_settings() =>
        Assert.Equal("Flatten(start_dim=1, end_dim=-1)", new Flatten().ToString());

    [Fact]
    public void A_dimension_must_exist() => Assert.Contains("dimension 1 does not exist",
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Flatten().Call(Tensor.Zeros(3))).Message);
}
