using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class GemmDotsTests
{
    [Theory]
    [InlineData(1, 1, 64)]
    [InlineData(2, 3, 70)]
    [InlineData(4, 100, 129)]
    [InlineData(100, 4, 129)]
    [InlineData(31, 90, 200)]
    [InlineData(90, 31, 64)]
    [InlineData(12, 70, 4111)]
    [InlineData(300, 17, 2500)]
    public void DotProductsOfEveryRemainderAreRight(int m, int n, int k) =>
        GemmLevels.Float32(new Use(new GemmCase<float>(m, n, k)));

    [Theory]
    [InlineData(8, 1000, 1, 1, true)]
    [InlineData(1000, 8, 1, 1, true)]
    [InlineData(1000, 1000, 1, 1, false)]
    [InlineData(8, 1000, 9, 1, false)]
    [InlineData(8, 1000, 1, 9, false)]
    public void ItSuitsAFewRowsOrColumns(int m, int n, int colA, int rowB, bool expected) =>
        Assert.Equal(
            expected,
            GemmDots<GemmFloat128, System.Runtime.Intrinsics.Vector128<float>, float>.Suits(
                new GemmProblem<float> { M = m, N = n, K = 500, ACol = colA, BRow = rowB }));

    private sealed class Use(GemmCase<float> product) : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            product.Check(GemmDots<S, V, float>.Run, Layout.Rows, Layout.Columns);
            product.Check(GemmDots<S, V, float>.Run, Layout.PaddedRows, Layout.Columns, true);
            product.Check(
                GemmDots<S, V, float>.Run, Layout.Rows, Layout.Columns, true, true, true);
        }
    }
}
