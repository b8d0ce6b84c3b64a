using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorMathPowTests
{
    [Theory]
    [InlineData(0, 4, -20, 20)]
    [InlineData(0.9, 1.1, -700, 700)]
    [InlineData(0, 1e30, -1.2, 1.2)]
    [InlineData(0, 100, 2, 3)]
    public void Powers_stay_within_2_ulp(double low, double high, double from, double to)
    {
        var x = VectorMathCheck.Between(low, high);
        var y = VectorMathCheck.Between(from, to).Reverse().ToArray();
        VectorMathCheck.Within<PowFn>(2, Math.Pow, x, y);
    }

    [Fact]
    public void Powers_know_every_pair_of_special_values()
    {
        var (x, y) = VectorMathCheck.Pairs();
        VectorMathCheck.Within<PowFn>(2, Math.Pow, x, y);
    }

    [Fact]
    public void Remainders_are_exact_and_take_the_divisors_sign()
    {
        var (x, y) = VectorMathCheck.Pairs();
        VectorMathCheck.Within<RemainderFn>(0.5, DoubleMath.Remainder, x, y);
        x = VectorMathCheck.Between(-100, 100);
        y = VectorMathCheck.Between(-3, 3).Reverse().ToArray();
        VectorMathCheck.Within<RemainderFn>(0.5, DoubleMath.Remainder, x, y);
    }

    private struct PowFn : IBinaryFn
    {
        public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Pow(x, y);
    }
}
