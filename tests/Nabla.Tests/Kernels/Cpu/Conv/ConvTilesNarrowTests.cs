using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvTilesNarrowTests
{
    [Theory]
    [InlineData(6, 2)]
    [InlineData(4, 2)]
    [InlineData(2, 4)]
    [InlineData(1, 4)]
    public void ATileSumsItsTapsOverTheBias(int rows, int vectors)
    {
        ConvTileCheck.Forward<ConvVector128>(rows, vectors);
        ConvTileCheck.Forward<ConvVector256>(rows, vectors);
        ConvTileCheck.Forward<ConvVector512>(rows, vectors);
    }
}
