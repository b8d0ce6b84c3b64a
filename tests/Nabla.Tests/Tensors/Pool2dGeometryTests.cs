using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class Pool2dGeometryTests
{
    [Theory]
    // torch.nn.MaxPool2d's formula, section Shape.
    [InlineData(7, 2, 2, 0, false, 3)]
    [InlineData(7, 2, 2, 0, true, 4)]
    [InlineData(112, 3, 2, 1, false, 56)]
    [InlineData(5, 3, 2, 1, true, 3)]
    [InlineData(4, 2, 3, 1, true, 2)]
    public void The_output_has_PyTorchs_size(
        int size, int kernel, int stride, int padding, bool ceil, int expected)
    {
        var geometry = new Pool2dGeometry(kernel, stride, padding, 1, ceil);
        Assert.Equal(new Size2d(expected, expected), geometry.Output(size));
        Assert.Equal(new Shape(2, 3, expected, expected),
            geometry.Output("MaxPool2d", new Shape(2, 3, size, size)));
    }
}
