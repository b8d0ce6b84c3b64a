using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvGradTilesNarrowTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void ATileAddsProductsToItsSums(int rows)
    {
        ConvTileCheck.Gradient<ConvVector128>(rows);
        ConvTileCheck.Gradient<ConvVector256>(rows);
    }
}
