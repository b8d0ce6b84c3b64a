using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvGradTileTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(6)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void A_tile_adds_products_to_its_sums(int rows)
    {
        ConvTileCheck.Gradient<ConvVector128>(rows);
        ConvTileCheck.Gradient<ConvVector256>(rows);
        ConvTileCheck.Gradient<ConvVector512>(rows);
    }
}
