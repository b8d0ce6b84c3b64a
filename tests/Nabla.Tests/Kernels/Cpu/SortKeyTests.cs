using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class SortKeyTests
{
    [Fact]
    public void KeysOrderAsTheNumbersDo()
    {
        Ordered([
            float.NegativeInfinity, float.MinValue, -1, -float.Epsilon, 0, float.Epsilon, 1,
            float.MaxValue, float.PositiveInfinity, float.NaN]);
        Ordered([
            double.NegativeInfinity, double.MinValue, -1, -double.Epsilon, 0, double.Epsilon, 1,
            double.MaxValue, double.PositiveInfinity, double.NaN]);
        Ordered([int.MinValue, -1, 0, 1, int.MaxValue]);
        Ordered([long.MinValue, -1L, 0, 1, long.MaxValue]);
        Ordered<byte>([0, 1, 127, 128, 255]);
    }

    [Fact]
    public void NegativeZeroEqualsZeroAndAllNaNsAreEqual()
    {
        Assert.Equal(SortKey.Of(0f, false), SortKey.Of(-0f, false));
        Assert.Equal(SortKey.Of(0d, false), SortKey.Of(-0d, false));
        Assert.Equal(SortKey.Of(float.NaN, false), SortKey.Of(-float.NaN, false));
        Assert.Equal(SortKey.Of(double.NaN, true), SortKey.Of(-double.NaN, true));
    }

    [Fact]
    public void OtherTypesAreRefusedByName()
    {
        var error = Assert.Throws<NotSupportedException>(() => SortKey.Of((Half)1, false));
        Assert.Contains(
            "Sort orders float, double, long, int and byte but got Half; convert first?",
            error.Message);
    }

    private static void Ordered<T>(T[] ascending)
        where T : unmanaged, INumberBase<T>
    {
        for (var i = 1; i < ascending.Length; i++)
        {
            Assert.True(SortKey.Of(ascending[i - 1], false) < SortKey.Of(ascending[i], false));
            Assert.True(SortKey.Of(ascending[i - 1], true) > SortKey.Of(ascending[i], true));
        }
    }
}
