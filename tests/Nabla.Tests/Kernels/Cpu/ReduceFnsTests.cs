using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class ReduceFnsTests
{
    private static double Fold<TFn>(params double[] values) where TFn : struct, IReduceFn =>
        values.Aggregate(TFn.Identity<F64x1>(), (a, b) => TFn.Combine(a, new F64x1(b))).Value;

    [Fact]
    public void Identities_change_nothing()
    {
        Assert.Equal(0, Fold<SumFn>());
        Assert.Equal(1, Fold<ProdFn>());
        Assert.Equal(double.NegativeInfinity, Fold<MaxFn>());
        Assert.Equal(double.PositiveInfinity, Fold<MinFn>());
    }

    [Fact]
    public void Each_fold_combines_as_its_name_says()
    {
        Assert.Equal(9, Fold<SumFn>(2, 3, 4));
        Assert.Equal(24, Fold<ProdFn>(2, 3, 4));
        Assert.Equal(4, Fold<MaxFn>(2, 4, 3));
        Assert.Equal(2, Fold<MinFn>(3, 2, 4));
        Assert.True(double.IsNaN(Fold<MaxFn>(3, double.NaN, 4)));
    }
}
