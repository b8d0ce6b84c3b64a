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

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("GroupNorm: groups must be at least 1, got 0", () => new GroupNorm(0, 3));
        Throws("GroupNorm: channels must be at least 1, got 0", () => new GroupNorm(1, 0));
        Throws("GroupNorm: epsilon must be a number from 0 up, got NaN",
            () => new GroupNorm(1, 3, double.NaN));
        Throws("GroupNorm computes in float32 or float64 but got int64",
            () => new GroupNorm(1, 3).Call(Tensor.Zeros(2, 3).Long()));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
