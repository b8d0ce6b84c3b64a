using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvGradTilesTests
{
    [Fact]
    public void EveryTileFitsTheRoomForItsSums()
    {
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        static void Check<V>() where V : unmanaged, IConvVector<V>
        {
            for (var left = 1; left <= 2 * ConvGradTiles.MaxRows; left++)
            {
                var rows = ConvTiles.Rows<V>(left);
                var taps = ConvGradTiles.Taps<V>(rows);
                Assert.InRange(taps, 1, ConvGradTiles.MaxTaps);
                Assert.InRange(rows * taps, 4, ConvGradTiles.MaxSums);
                // Sums are added over lanes four at a time.
                Assert.Equal(0, rows * taps % 4);
                for (var last = 1; last <= taps; last++)
                {
                    Assert.InRange(ConvGradTiles.Taps<V>(rows, last), last, taps);
                }
            }
        }
    }
}
