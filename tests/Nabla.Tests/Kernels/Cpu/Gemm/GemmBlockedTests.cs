using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class GemmBlockedTests
{
    [Theory]
    [InlineData(65, 70, 1000)]
    [InlineData(64, 4200, 400)]
    [InlineData(4500, 300, 400)]
    [InlineData(15, 33, 769)]
    [InlineData(530, 520, 1024)]
    [InlineData(1024, 1024, 40)]
    [InlineData(1024, 67, 600)]
    [InlineData(1030, 2100, 5)]
    public void ProductsOfSeveralBlocksAreRightAtEveryLevel(int m, int n, int k) =>
        GemmLevels.Float32(new Use(new GemmCase<float>(m, n, k)));

    [Fact]
    public void AProductThatPacksBothOperandsIsRightAtEveryLevel() =>
        GemmLevels.Float32(new UseRows(new GemmCase<float>(513, 2050, 1024)));

    private sealed class UseRows(GemmCase<float> product) : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            product.Check(GemmBlocked<S, V, float>.Run, Layout.Rows, Layout.Rows, true, true);
            product.Check(GemmBlocked<S, V, float>.Run, Layout.Rows, Layout.Rows);
        }
    }

    private sealed class Use(GemmCase<float> product) : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            product.Check(GemmBlocked<S, V, float>.Run, Layout.Rows, Layout.Rows, true, true, true);
            product.Check(GemmBlocked<S, V, float>.Run, Layout.Columns, Layout.Columns);
            product.Check(GemmBlocked<S, V, float>.Run, Layout.Columns, Layout.Rows);
            product.Check(GemmBlocked<S, V, float>.Run, Layout.Spread, Layout.Spread);
            product.Check(GemmBlocked<S, V, float>.Run, Layout.PaddedRows, Layout.Columns, true);
        }
    }
}
