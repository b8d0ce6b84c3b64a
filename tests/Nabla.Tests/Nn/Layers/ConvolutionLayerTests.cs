using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class ConvolutionLayerTests
{
    public static TheoryData<string, Func<int, int, Size2d, int, ConvolutionLayer>> Kinds => new()
    {
        { "Conv2d", (c, k, kernel, groups) => new Conv2d(c, k, kernel, groups: groups) },
        { "ConvTranspose2d",
            (c, k, kernel, groups) => new ConvTranspose2d(c, k, kernel, groups: groups) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Wrong_channels_groups_and_kernels_are_named(
        string name, Func<int, int, Size2d, int, ConvolutionLayer> make)
    {
        Throws("channels and kernel must be at least 1, got 0 output channels and a kernel of "
            + "(3, 3)", () => make(3, 0, 3, 1));
        Throws("channels and kernel must be at least 1, got 4 output channels and a kernel of "
            + "(0, 3)", () => make(3, 4, (0, 3), 1));
        Throws("3 groups do not divide 4 output channels", () => make(3, 4, 3, 3));
        Throws("2 groups do not divide 3 input channels", () => make(3, 4, 3, 2));
        Throws("1 groups do not divide 0 input channels", () => make(0, 4, 3, 1));
        Throws("stride, dilation and groups must be at least 1 and padding at least 0, got "
            + "(1, 1), (1, 1), 0 and (0, 0)", () => make(3, 4, 3, 0));

        void Throws(string says, Func<object> action) =>
            Assert.Equal($"{name}: {says}", Assert.Throws<ArgumentException>(action).Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Settings_are_kept(
        string name, Func<int, int, Size2d, int, ConvolutionLayer> make)
    {
        var layer = make(4, 6, (3, 5), 2);
        Assert.Equal($"{name}(4, 6, kernel_size=(3, 5), stride=(1, 1), groups=2)",
            layer.ToString());
        Assert.Equal((3, 5), layer.KernelSize);
        Assert.Equal(new Conv2dGeometry(1, 0, 1, 2), layer.Geometry);
        Assert.Equal(new Shape(6), layer.Bias!.Shape);
    }
}
