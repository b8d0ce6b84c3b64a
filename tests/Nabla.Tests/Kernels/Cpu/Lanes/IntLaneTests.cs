using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Lanes;

public unsafe class IntLaneTests
{
    private static long Value<T>(IntLane<T> lane)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        T result;
        IntLane<T>.Store(lane, &result);
        return long.CreateTruncating(result);
    }

    private static IntLane<long> Of(double value) => IntLane<long>.Const(value);

    [Fact]
    public void Sums_and_products_wrap_around()
    {
        Assert.Equal(44, Value(IntLane<byte>.Const(200) + IntLane<byte>.Const(100)));
        Assert.Equal(255, Value(-IntLane<byte>.Const(1)));
        Assert.Equal(int.MinValue, Value(IntLane<int>.Highest + IntLane<int>.Const(1)));
        Assert.Equal(44, Value(IntLane<byte>.Const(100) * IntLane<byte>.Const(3)));
        Assert.Equal(17, Value(IntLane<long>.Fma(Of(3), Of(5), Of(2))));
    }

    [Theory]
    [InlineData(2, 10, 1024)]
    [InlineData(-3, 3, -27)]
    [InlineData(5, 0, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(2, -1, 0)]
    [InlineData(1, -5, 1)]
    [InlineData(-1, -5, -1)]
    [InlineData(-1, -4, 1)]
    [InlineData(0, -1, 0)]
    public void Powers_are_exact(long a, long b, long expected) =>
        Assert.Equal(expected, Value(IntLane<long>.Pow(Of(a), Of(b))));

    [Theory]
    [InlineData(7, 3, 2, 1)]
    [InlineData(-7, 3, -2, 2)]
    [InlineData(7, -3, -2, -2)]
    [InlineData(7, 0, 0, 0)]
    public void Division_truncates_and_the_remainder_takes_the_divisors_sign(
        long a, long b, long quotient, long remainder)
    {
        Assert.Equal(quotient, Value(Of(a) / Of(b)));
        Assert.Equal(remainder, Value(IntLane<long>.Remainder(Of(a), Of(b))));
    }

    [Fact]
    public void Comparisons_choices_and_bits_work_on_integers()
    {
        Assert.Equal(1, Value(IntLane<long>.Less(Of(2), Of(3))));
        Assert.Equal(0, Value(IntLane<long>.Equal(Of(2), Of(3))));
        Assert.Equal(1, Value(IntLane<long>.LessOrEqual(Of(3), Of(3))));
        Assert.Equal(2, Value(IntLane<long>.Min(Of(2), Of(3))));
        Assert.Equal(3, Value(IntLane<long>.Max(Of(2), Of(3))));
        Assert.Equal(8, Value(IntLane<long>.Select(Of(0), Of(7), Of(8))));
        Assert.Equal(4, Value(IntLane<long>.Abs(Of(-4))));
        Assert.Equal(8, Value(IntLane<long>.And(Of(12), Of(10))));
        Assert.Equal(14, Value(IntLane<long>.Or(Of(12), Of(10))));
        Assert.Equal(6, Value(IntLane<long>.Xor(Of(12), Of(10))));
    }

    [Fact]
    public void Real_functions_truncate()
    {
        Assert.Equal(3, Value(IntLane<long>.Sqrt(Of(15))));
        Assert.Equal(20, Value(IntLane<long>.Exp(Of(3))));
        Assert.Equal(19, Value(IntLane<long>.Expm1(Of(3))));
        Assert.Equal(2, Value(IntLane<long>.Log(Of(20))));
        Assert.Equal(5, Value(IntLane<long>.Floor(Of(5))));
    }

    [Fact]
    public void Part_of_a_bundle_can_be_loaded_and_stored() => LanesCheck.Parts<IntLane<long>>();

    [Fact]
    public void Bounds_are_the_types_own()
    {
        Assert.Equal(long.MinValue, Value(IntLane<long>.Lowest));
        Assert.Equal(255, Value(IntLane<byte>.Highest));
        Assert.False(IsFloat<IntLane<int>>());
    }

    private static bool IsFloat<V>() where V : unmanaged, ILanes<V> => V.IsFloat;
}
