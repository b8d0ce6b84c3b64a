using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorMathNormalTests
{
    [Fact]
    public void The_distribution_stays_within_7_ulp_even_in_the_lower_tail()
    {
        VectorMathCheck.Within<CdfFn>(2.5, DoubleMath.NormalCdf, VectorMathCheck.Between(0, 16));
        VectorMathCheck.Within<CdfFn>(4, DoubleMath.NormalCdf, VectorMathCheck.Between(-1, 0));
        VectorMathCheck.Within<CdfFn>(7, DoubleMath.NormalCdf, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<CdfFn>(7, DoubleMath.NormalCdf, VectorMathCheck.Between(-16, 16));
    }

    [Fact]
    public void The_bell_stays_within_1_and_a_half_ulp()
    {
        VectorMathCheck.Within<BellFn>(1.5, Bell, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<BellFn>(1.5, Bell, VectorMathCheck.Between(-16, 16));

        static double Bell(double x) => Math.Exp(-0.5 * x * x);
    }

    private struct CdfFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.NormalCdf(x, out _);
    }

    private struct BellFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V>
        {
            V.NormalCdf(x, out var bell);
            return bell;
        }
    }
}
