using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class GroupNormTests
{
    [Fact]
    public void One_group_is_a_layer_norm_of_all_but_the_samples()
    {
        var x = LayerCheck.Wave(2, 4, 3);
        Assert.Equal(x.LayerNorm(2).ToArray<float>(),
            new GroupNorm(1, 4).Call(x).ToArray<float>());
    }

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new GroupNorm(2, 4), LayerCheck.Wave(2, 4, 3, 3));

    [Fact]
    public void Groups_must_divide_the_channels() => Assert.Equal(
        "GroupNorm: 4 channels do not split into 3 equal groups",
        Assert.Throws<ArgumentException>(() => new GroupNorm(3, 4)).Message);

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Equal(
        "GroupNorm expects (N, 4, …) but got (2, 6)",
        Assert.Throws<ArgumentException>(
            () => new GroupNorm(2, 4).Call(Tensor.Zeros(2, 6))).Message);
}
