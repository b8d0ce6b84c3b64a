using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvTileTests
{
    [Theory]
    [InlineData(8, 3)]
    [InlineData(8, 2)]
    [InlineData(6, 4)]
    [InlineData(6, 2)]
    [InlineData(4, 4)]
    [InlineData(4, 2)]
    [InlineData(2, 4)]
    [InlineData(1, 4)]
    public void A_tile_sums_its_taps_over_the_bias(int rows, int vectors)
    {
        ConvTileCheck.Forward<ConvVector128>(rows, vectors);
        ConvTileCheck.Forward<ConvVector256>(rows, vectors);
        ConvTileCheck.Forward<ConvVector512>(rows, vectors);
    }
}
