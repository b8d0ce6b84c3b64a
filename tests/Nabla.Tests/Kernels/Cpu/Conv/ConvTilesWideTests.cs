using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvTilesWideTests
{
    [Theory]
    [InlineData(8, 3)]
    [InlineData(8, 2)]
    [InlineData(6, 4)]
    [InlineData(4, 4)]
    public void ATileSumsItsTapsOverTheBias(int rows, int vectors)
    {
        ConvTileCheck.Forward<ConvVector128>(rows, vectors);
        ConvTileCheck.Forward<ConvVector512>(rows, vectors);
    }
}
