using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorMathErfTests
{
    [Fact]
    public void Erf_stays_within_1_and_a_half_ulp()
    {
        VectorMathCheck.Within<ErfFn>(1.5, DoubleMath.Erf, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<ErfFn>(1.5, DoubleMath.Erf, VectorMathCheck.Between(-4, 4));
    }

    private struct ErfFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Erf(x);
    }
}
