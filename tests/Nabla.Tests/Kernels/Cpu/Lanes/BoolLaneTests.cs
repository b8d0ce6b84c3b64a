using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Lanes;

public unsafe class BoolLaneTests
{
    private static bool Value(BoolLane lane)
    {
        byte result = 9;
        BoolLane.Store(lane, &result);
        Assert.InRange(result, 0, 1);
        return result == 1;
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Arithmetic_is_logic(bool p, bool q)
    {
        var (a, b) = (new BoolLane(p), new BoolLane(q));
        Assert.Equal(p || q, Value(a + b));
        Assert.Equal(p && q, Value(a * b));
        Assert.Equal(p != q, Value(a - b));
        Assert.Equal(p && q, Value(BoolLane.And(a, b)));
        Assert.Equal(p || q, Value(BoolLane.Or(a, b)));
        Assert.Equal(p != q, Value(BoolLane.Xor(a, b)));
        Assert.Equal(p && q, Value(BoolLane.Min(a, b)));
        Assert.Equal(p || q, Value(BoolLane.Max(a, b)));
        Assert.Equal(p == q, Value(BoolLane.Equal(a, b)));
        Assert.Equal(!p && q, Value(BoolLane.Less(a, b)));
        Assert.Equal(!p || q, Value(BoolLane.LessOrEqual(a, b)));
        Assert.Equal(p ? q : p, Value(BoolLane.Select(a, b, a)));
    }

    [Fact]
    public void Any_byte_but_zero_is_true()
    {
        byte two = 2;
        Assert.True(Value(BoolLane.Load(&two)));
        Assert.True(Value(BoolLane.Const(-0.5)));
        Assert.False(Value(BoolLane.Lowest));
        Assert.True(Value(BoolLane.Highest));
    }

    [Fact]
    public void Part_of_a_bundle_can_be_loaded_and_stored() => LanesCheck.Parts<BoolLane>();
}
