using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorMathTrigTests
{
    [Fact]
    public void Sine_stays_within_2_ulp()
    {
        VectorMathCheck.Within<SinFn>(2, Math.Sin, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<SinFn>(2, Math.Sin, VectorMathCheck.Between(-1e5, 1e5));
    }

    [Fact]
    public void Cosine_stays_within_2_ulp()
    {
        VectorMathCheck.Within<CosFn>(2, Math.Cos, VectorMathCheck.AllMagnitudes());
        VectorMathCheck.Within<CosFn>(2, Math.Cos, VectorMathCheck.Between(-1e5, 1e5));
    }

    [Fact]
    public void The_angle_stays_within_2_ulp_in_all_quadrants()
    {
        var y = VectorMathCheck.Between(-2, 2);
        var x = VectorMathCheck.Between(-3, 3).Reverse().ToArray();
        VectorMathCheck.Within<Atan2Fn>(2, Math.Atan2, y, x);
    }

    [Fact]
    public void The_angle_knows_every_pair_of_special_values()
    {
        var (x, y) = VectorMathCheck.Pairs();
        VectorMathCheck.Within<Atan2Fn>(2, Math.Atan2, y, x);
    }

    private struct SinFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Sin(x);
    }

    private struct CosFn : IUnaryFn
    {
        public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Cos(x);
    }

    private struct Atan2Fn : IBinaryFn
    {
        public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Atan2(x, y);
    }
}
