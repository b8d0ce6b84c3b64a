using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorMathExpTests
{
    [Fact]
    public void Exp_stays_within_1_ulp()
    {
        VectorMathCheck.Within<ExpFn>(1, Math.Exp, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<ExpFn>(1, Math.Exp, VectorMathCheck.Between(-104, 89));
    }

    [Fact]
    public void Expm1_stays_within_2_ulp()
    {
        VectorMathCheck.Within<Expm1Fn>(2, DoubleMath.Expm1, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<Expm1Fn>(2, DoubleMath.Expm1, VectorMathCheck.Between(-3, 3));
    }

    [Fact]
    public void Tanh_stays_within_3_ulp()
    {
        VectorMathCheck.Within<TanhFn>(3, Math.Tanh, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<TanhFn>(3, Math.Tanh, VectorMathCheck.Between(-10, 10));
    }

    [Fact]
    public void Sigmoid_stays_within_3_ulp()
    {
        VectorMathCheck.Within<SigmoidFn>(3, DoubleMath.Sigmoid, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<SigmoidFn>(3, DoubleMath.Sigmoid, VectorMathCheck.Between(-104, 20));
    }

    private struct ExpFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Exp(x);
    }

    private struct Expm1Fn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Expm1(x);
    }

    private struct TanhFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Tanh(x);
    }

    private struct SigmoidFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Sigmoid(x);
    }
}
