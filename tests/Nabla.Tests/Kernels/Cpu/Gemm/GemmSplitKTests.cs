using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class GemmSplitKTests
{
    [Theory]
    [InlineData(4, 5, 2050)]
    [InlineData(33, 17, 5000)]
    [InlineData(64, 100, 20000)]
    [InlineData(1, 1, 3000)]
    public void ASmallCWithALongKIsAddedUpFromParts(int m, int n, int k) =>
        GemmLevels.Float32(new Use(new GemmCase<float>(m, n, k)));

    [Theory]
    [InlineData(64, 64, 100_000, true)]
    [InlineData(64, 64, 500, false)]
    [InlineData(1000, 1000, 100_000, false)]
    public void ItSuitsLongAndThinProducts(int m, int n, int k, bool expected) =>
        Assert.Equal(
            expected,
            GemmSplitK<GemmFloat128, System.Runtime.Intrinsics.Vector128<float>, float>.Suits(
                new GemmProblem<float> { M = m, N = n, K = k }));

    private sealed class Use(GemmCase<float> product) : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            product.Check(GemmSplitK<S, V, float>.Run, Layout.Rows, Layout.Rows);
            product.Check(GemmSplitK<S, V, float>.Run, Layout.Columns, Layout.Rows);
            product.Check(
                GemmSplitK<S, V, float>.Run, Layout.Rows, Layout.Columns, true, true, true);
        }
    }
}
