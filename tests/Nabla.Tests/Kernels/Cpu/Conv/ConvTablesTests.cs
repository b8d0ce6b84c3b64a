using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvTablesTests
{
    [Fact]
    public void OffsetsAndUsefulTapsAreThoseOfThePlan()
    {
        var plan = ConvPlan.Forward(new(1, 2, 4, 5, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1));
        var offsets = new nint[plan.AllTaps];
        var (rows, columns) = (new ConvTapRange[4], new ConvTapRange[5]);
        fixed (nint* o = offsets)
        fixed (ConvTapRange* r = rows, c = columns)
        {
            ConvTables.Write(in plan, 8, o, r, c);
        }

        // Planes of 6 × 7 pixels; taps in the order row, column, channel.
        Assert.Equal([0, 42 * 8, 8, 43 * 8], offsets[..4]);
        Assert.Equal(((2 * 7) + 2 + 42) * 8, offsets[^1]);
        Assert.Equal([new(1, 3), new(0, 3), new(0, 3), new(0, 2)], rows);
        Assert.Equal([new(1, 3), new(0, 3), new(0, 3), new(0, 3), new(0, 2)], columns);
    }

    [Fact]
    public void PhasesFollowEachOther()
    {
        var plan = ConvPlan.Backward(new(1, 1, 5, 5, 1, 3, 3, 2, 2, 1, 1, 1, 1, 1));
        var offsets = new nint[plan.AllTaps + 1];
        var (rows, columns) = (new ConvTapRange[6], new ConvTapRange[6]);
        (offsets[^1], rows[^1], columns[^1]) = (-7, new(7, 7), new(7, 7));
        fixed (nint* o = offsets)
        fixed (ConvTapRange* r = rows, c = columns)
        {
            ConvTables.Write(in plan, 1, o, r, c);
        }

        Assert.Equal(-7, offsets[^1]);
        Assert.Equal((new(7, 7), new(7, 7)), (rows[^1], columns[^1]));
        Assert.All(rows[..5], range => Assert.InRange(range.End, range.First + 1, 2));
    }
}
