using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class Conv2dShapeTests
{
    [Theory]
    [InlineData(28, 5, 1, 2, 1, 28)]
    [InlineData(14, 5, 1, 0, 1, 10)]
    [InlineData(224, 7, 2, 3, 1, 112)]
    [InlineData(8, 3, 3, 0, 1, 2)]
    [InlineData(9, 3, 1, 2, 2, 9)]
    [InlineData(3, 3, 2, 0, 1, 1)]
    [InlineData(2, 3, 2, 0, 1, 0)]
    public void OutputsAreAsManyAsKernelPositions(
        int size, int kernel, int stride, int pad, int dilation, int expected)
    {
        var shape = new Conv2dShape(
            1, 1, size, 50, 1, kernel, 1, stride, 1, pad, 0, dilation, 1, 1);
        Assert.Equal((expected, 50), (shape.OutH, shape.OutW));
        shape = new Conv2dShape(1, 1, 50, size, 1, 1, kernel, 1, stride, 0, pad, 1, dilation, 1);
        Assert.Equal((50, expected), (shape.OutH, shape.OutW));
    }
}
