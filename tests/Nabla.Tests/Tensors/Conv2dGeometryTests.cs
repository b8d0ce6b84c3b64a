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
}
