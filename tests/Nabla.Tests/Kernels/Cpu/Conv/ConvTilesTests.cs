using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvTilesTests
{
    [Fact]
    public void TilesCoverRowsExactlyAndVectorsWithLittleOverrun()
    {
        Cover<ConvVector128>();
        Cover<ConvVector256>();
        Cover<ConvVector512>();

        static void Cover<V>() where V : unmanaged, IConvVector<V>
        {
            for (var count = 1; count <= 60; count++)
            {
                for (var row = 0; row < count;)
                {
                    var rows = ConvTiles.Rows<V>(count - row);
                    var multiple = ConvTiles.RowMultiple<V>();
                    Assert.InRange(rows, 1, Math.Min(ConvTiles.MaxRows, count - row));
                    Assert.Equal(row / multiple, (row + rows - 1) / multiple);
                    row += rows;

                    var left = count;
                    while (left > 0)
                    {
                        left -= ConvTiles.Vectors<V>(rows, left);
                    }

                    Assert.InRange(left, -ConvTiles.MaxOverrun, 0);
                }
            }
        }
    }

    [Fact]
    public void EightRowsOfTwoVectorsOrMoreWasteNothing()
    {
        for (var count = 2; count < 40; count++)
        {
            var left = count;
            while (left > 0)
            {
                left -= ConvTiles.Vectors<ConvVector512>(8, left);
            }

            Assert.Equal(0, left);
        }
    }
}
