using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorMathErfTests
{
    [Fact]
    public void Erf_stays_within_3_ulp()
    {
        VectorMathCheck.Within<ErfFn>(3, DoubleMath.Erf, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<ErfFn>(3, DoubleMath.Erf, VectorMathCheck.Between(-4, 4));
    }

    private struct ErfFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Erf(x);
    }
}
