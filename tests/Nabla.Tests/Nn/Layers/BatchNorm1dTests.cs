using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class BatchNorm1dTests
{
    [Fact]
    public void It_takes_vectors_and_sequences()
    {
        var layer = new BatchNorm1d(3);
        Assert.Equal(new Shape(4, 3), layer.Call(LayerCheck.Wave(4, 3)).Shape);
        Assert.Equal(new Shape(4, 3, 5), layer.Call(LayerCheck.Wave(4, 3, 5)).Shape);
    }

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new BatchNorm1d(3), LayerCheck.Wave(4, 3));

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Equal(
        "BatchNorm1d expects (N, 3) or (N, 3, L) but got (4, 2)",
        Assert.Throws<ArgumentException>(
            () => new BatchNorm1d(3).Call(Tensor.Zeros(4, 2))).Message);
}
