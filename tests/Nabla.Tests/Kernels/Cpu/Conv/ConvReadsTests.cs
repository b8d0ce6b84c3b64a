using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvReadsTests
{
    [Theory]
    [InlineData(9, 3, 2, 1, 1)]
    [InlineData(9, 1, 2, 0, 1)]
    [InlineData(10, 1, 3, 0, 1)]
    [InlineData(11, 2, 4, 1, 3)]
    [InlineData(5, 3, 1, 4, 1)]
    public void SlotsNumberTheElementsThatAreRead(
        int size, int taps, int stride, int pad, int dilation)
    {
        var shape = new Conv2dShape(1, 1, size, 1, 1, taps, 1, stride, 1, pad, 0, dilation, 1, 1);
        Check(ConvAxis.Forward(size, shape.OutH, taps, stride, pad, dilation));
        Check(ConvAxis.Backward(size, shape.OutH, taps, stride, pad, dilation));
    }

    private static void Check(ConvAxis axis)
    {
        var tables = stackalloc int[(int)ConvReads.Room(axis)];
        var reads = new ConvReads(axis, tables);
        var seen = new SortedSet<int>();
        for (var target = 0; target < axis.Target; target++)
        {
            for (var tap = 0; tap < axis.Taps; tap++)
            {
                var (read, slot) = (axis.Read(target, tap), reads.Slot(target, tap));
                Assert.Equal(read < 0, slot < 0);
                if (read >= 0)
                {
                    Assert.Equal(read, reads.Source(slot));
                    seen.Add(read);
                }
            }
        }

        Assert.Equal(axis.Source, reads.Total);
        Assert.Equal(seen, Enumerable.Range(0, reads.Count).Select(i => reads.Source(i)));
    }
}
