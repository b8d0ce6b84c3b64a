using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorMathLogTests
{
    [Fact]
    public void Log_stays_within_1_ulp()
    {
        VectorMathCheck.Within<LogFn>(1, Math.Log, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<LogFn>(1, Math.Log, VectorMathCheck.Between(0, 3));
    }

    [Fact]
    public void Log1p_stays_within_2_ulp()
    {
        VectorMathCheck.Within<Log1pFn>(2, DoubleMath.Log1p, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<Log1pFn>(2, DoubleMath.Log1p, VectorMathCheck.Between(-1, 3));
    }

    private struct LogFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Log(x);
    }

    private struct Log1pFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Log1p(x);
    }
}
