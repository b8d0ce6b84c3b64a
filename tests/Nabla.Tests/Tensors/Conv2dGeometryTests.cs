using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class Conv2dGeometryTests
{
    [Theory]
    // torch.nn.Conv2d's formula, section Shape.
    [InlineData(7, 3, 1, 0, 1, 5)]
    [InlineData(7, 3, 2, 1, 1, 4)]
    [InlineData(224, 7, 2, 3, 1, 112)]
    [InlineData(8, 3, 1, 2, 2, 8)]
    [InlineData(2, 3, 1, 0, 1, 0)]
    public void The_output_has_PyTorchs_size(
        int size, int kernel, int stride, int padding, int dilation, int expected)
    {
        var geometry = new Conv2dGeometry(stride, padding, dilation, 1);
        Assert.Equal(new Size2d(expected, expected), geometry.Output(size, kernel));
    }

    [Theory]
    // torch.nn.ConvTranspose2d's formula, section Shape.
    [InlineData(4, 4, 2, 1, 1, 0, 8)]
    [InlineData(4, 3, 2, 1, 1, 1, 8)]
    [InlineData(5, 3, 3, 0, 2, 2, 19)]
    [InlineData(1, 2, 1, 3, 1, 0, 0)]
    public void Transposed_it_has_PyTorchs_size(
        int size, int kernel, int stride, int padding, int dilation, int extra, int expected)
    {
        var geometry = new Conv2dGeometry(stride, padding, dilation, 1);
        var output = geometry.Transposed(size, kernel, extra);
        Assert.Equal(new Size2d(expected, expected), output);
        if (expected > 0)
        {
            Assert.Equal(new Size2d(size, size), geometry.Output(output, kernel));
        }
    }

    [Fact]
    public void A_size_beyond_a_dimension_is_refused() => Assert.Throws<OverflowException>(
        () => new Conv2dGeometry(1 << 20, 0, 1, 1).Transposed(1 << 20, 1, 0));

    [Fact]
    public void Settings_out_of_range_are_named_with_who_asks() => Assert.Equal(
        "Deconvolution: stride, dilation and groups must be at least 1 and padding at least 0, "
            + "got (0, 0), (1, 1), 1 and (2, 2)",
        Assert.Throws<ArgumentException>(
            () => new Conv2dGeometry(0, 2, 1, 1).Check("Deconvolution")).Message);
}
