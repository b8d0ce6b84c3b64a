using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvGradTilesWideTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(6)]
    public void ATileAddsProductsToItsSums(int rows) =>
        ConvTileCheck.Gradient<ConvVector512>(rows);
}
