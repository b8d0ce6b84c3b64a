using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class InstanceNorm2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("instance norm", x => new InstanceNorm2d(3).Call(x[0]),
            "F.instance_norm(x0)", Inputs.Normal(2, 3, 4, 5)) { Tolerance = 2e-5 },
    ];

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new InstanceNorm2d(4, affine: true), LayerCheck.Wave(2, 4, 3, 3));

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Assert.Equal("InstanceNorm2d expects (N, 3, H, W) but got (3, 3)",
            Assert.Throws<ArgumentException>(
                () => new InstanceNorm2d(3).Call(Tensor.Zeros(3, 3))).Message);
        Assert.Equal(
            "InstanceNorm2d needs more than one pixel per channel, but got (2, 3, 1, 1)",
            Assert.Throws<ArgumentException>(
                () => new InstanceNorm2d(3).Call(Tensor.Zeros(2, 3, 1, 1))).Message);
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("InstanceNorm2d: channels must be at least 1, got 0", () => new InstanceNorm2d(0));
        Throws("InstanceNorm2d: epsilon must be a number from 0 up, got -1",
            () => new InstanceNorm2d(3, -1));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
