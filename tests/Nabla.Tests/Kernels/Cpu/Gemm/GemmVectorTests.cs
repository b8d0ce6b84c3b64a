using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class GemmVectorTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 3, 5)]
    [InlineData(1, 100, 7)]
    [InlineData(1, 4500, 33)]
    [InlineData(1, 31, 5000)]
    [InlineData(1, 700, 700)]
    public void MatrixTimesVectorIsRightForEverySplit(int m, int n, int k) =>
        GemmLevels.Float32(new Use(new GemmCase<float>(m, n, k), new GemmCase<float>(n, m, k)));

    private sealed class Use(GemmCase<float> row, GemmCase<float> column) : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            foreach (var w in new[] { Layout.Rows, Layout.Columns, Layout.PaddedRows })
            {
                row.Check(GemmVector<S, V, float>.Run, Layout.Rows, w);
                row.Check(GemmVector<S, V, float>.Run, Layout.Spread, w, true, true, true);
                column.Check(GemmVector<S, V, float>.Run, w, Layout.Rows);
                column.Check(GemmVector<S, V, float>.Run, w, Layout.Spread, true, true, true);
            }
        }
    }
}
