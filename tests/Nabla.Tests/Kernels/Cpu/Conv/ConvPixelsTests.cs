using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvPixelsTests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    public void PlanesBecomeTheLanesOfThePixelsThatAreRead(int kernel, int stride)
    {
        const int lanes = 11;
        var shape = new Conv2dShape(
            1, 12, 9, 10, 12, kernel, kernel, stride, stride, kernel / 2, kernel / 2, 1, 1, 1);
        var plan = ConvPlan.Forward(in shape);
        var tables = stackalloc int[(int)ConvPixels.Room(in plan)];
        var pixels = new ConvPixels(in plan, tables);
        Assert.Equal(kernel > 1 ? 90 : shape.OutH * shape.OutW, pixels.Count);

        var source = Enumerable.Range(0, lanes * 90).Select(i => (float)i).ToArray();
        var target = new float[pixels.Count * 16];
        fixed (float* from = source, to = target)
        {
            pixels.Pack<ConvVector128>(from, 90, lanes, to, 16);
        }

        for (var i = 0; i < plan.TargetSize * kernel * kernel; i++)
        {
            var (target0, tap) = (i / (kernel * kernel), i % (kernel * kernel));
            var (row, column) = (target0 / shape.OutW, target0 % shape.OutW);
            var (r, s) = (tap / kernel, tap % kernel);
            var slot = pixels.Slot(row, column, r, s);
            var (h, w) = (plan.H.Read(row, r), plan.W.Read(column, s));
            Assert.Equal(h < 0 || w < 0, slot < 0);
            for (var lane = 0; slot >= 0 && lane < 16; lane++)
            {
                var expected = lane < lanes ? (lane * 90) + (h * 10) + w : 0;
                Assert.Equal(expected, target[(slot * 16) + lane]);
            }
        }
    }

    [Fact]
    public void AllPixelsOfAPlaneAreCountedWhoeverReadsThem() =>
        Assert.Equal((90, 90), (ConvPixels.All(90).Count, ConvPixels.All(90).Total));
}
