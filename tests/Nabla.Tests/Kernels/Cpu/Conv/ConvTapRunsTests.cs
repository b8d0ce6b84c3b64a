using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvTapRunsTests
{
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 4, 2)]
    [InlineData(3, 2, 1)]
    public void ATapsRunsPairItsInputsWithTheirOutputs(int stride, int pad, int dilation)
    {
        const int images = 5;
        const int panel = 8;
        var shape = new Conv2dShape(
            images, 12, 7, 6, 12, 3, 2, stride, stride, pad, pad, dilation, 1, 1);
        var plan = ConvPlan.Forward(in shape);
        var tables = stackalloc int[(int)ConvPixels.Room(in plan)];
        var pixels = new ConvPixels(in plan, tables);
        var runs = stackalloc NhwcRun[(int)ConvTapRuns.Room(in plan)];
        var counts = stackalloc int[6];
        var all = new ConvTapRuns(in plan, in pixels, images, panel, runs, counts);
        for (var tap = 0; tap < 6; tap++)
        {
            var expected = new List<(nint, nint)>();
            for (var target = 0; target < plan.TargetSize; target++)
            {
                var (row, column) = (target / shape.OutW, target % shape.OutW);
                var slot = pixels.Slot(row, column, tap / 2, tap % 2);
                for (var n = 0; slot >= 0 && n < images; n++)
                {
                    expected.Add(((slot * images) + n, ((target * images) + n) * panel));
                }
            }

            var actual = new List<(nint, nint)>();
            for (var i = 0; i < all.Count(tap); i++)
            {
                var run = all.First(tap)[i];
                for (nint n = 0; n < run.Length; n++)
                {
                    actual.Add((run.Source + n, run.Weights + (n * panel)));
                }
            }

            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void NeighboursAreJoined()
    {
        var shape = new Conv2dShape(8, 12, 6, 6, 12, 3, 3, 1, 1, 1, 1, 1, 1, 1);
        var plan = ConvPlan.Forward(in shape);
        var tables = stackalloc int[(int)ConvPixels.Room(in plan)];
        var pixels = new ConvPixels(in plan, tables);
        var runs = stackalloc NhwcRun[(int)ConvTapRuns.Room(in plan)];
        var counts = stackalloc int[9];
        var all = new ConvTapRuns(in plan, in pixels, 8, 32, runs, counts);
        Assert.Equal(1, all.Count(4));
        Assert.Equal(new NhwcRun(0, 0, 6 * 6 * 8), *all.First(4));
        Assert.Equal(6, all.Count(3));
    }
}
