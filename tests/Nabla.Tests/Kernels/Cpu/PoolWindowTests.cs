using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class PoolWindowTests
{
    // Expected sizes are those of torch.nn.functional.max_pool2d.
    [Theory]
    [InlineData(7, 2, 2, 0, 1, true, 4)]
    [InlineData(7, 2, 2, 0, 1, false, 3)]
    [InlineData(6, 3, 2, 1, 1, true, 4)]
    [InlineData(5, 2, 3, 1, 1, true, 2)]
    [InlineData(10, 3, 2, 1, 2, true, 5)]
    [InlineData(112, 3, 2, 1, 1, false, 56)]
    public void OutputSizesArePyTorchs(
        int input, int kernel, int stride, int pad, int dilation, bool ceilMode, int expected)
    {
        Assert.Equal(
            expected, PoolWindow.Output(input, kernel, stride, pad, dilation, ceilMode));
        var window = PoolCases.Square(input, input, kernel, stride, pad, dilation, ceilMode);
        Assert.Equal((expected, expected), (window.OutHeight, window.OutWidth));
    }

    [Fact]
    public void AWindowLargerThanTheInputLeavesNothing() =>
        Assert.Equal(0, PoolWindow.Output(2, 3, 1, 0, 1, false));

    [Theory]
    [InlineData(10, 2, 2, 0, 1, 0, 5)]
    [InlineData(10, 3, 2, 1, 1, 1, 5)]
    [InlineData(10, 3, 1, 1, 1, 1, 9)]
    [InlineData(10, 3, 1, 1, 2, 1, 7)]
    [InlineData(2, 3, 1, 1, 1, 1, 1)]
    public void InsideWindowsTouchNoSide(
        int width, int kernel, int stride, int pad, int dilation, int start, int end)
    {
        var window = PoolCases.Square(width, width, kernel, stride, pad, dilation, false);
        Assert.Equal((start, end), window.InsideColumns);
    }
}
