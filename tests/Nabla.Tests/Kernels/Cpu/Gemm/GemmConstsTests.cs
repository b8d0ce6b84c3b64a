using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class GemmConstsTests
{
    [Fact]
    public void EveryConstantHasTheValueOfItsName()
    {
        int[] values =
        [
            N0.Value, N1.Value, N2.Value, N3.Value, N4.Value, N5.Value, N6.Value, N7.Value,
            N8.Value, N9.Value, N10.Value, N11.Value, N12.Value, N13.Value, N14.Value,
        ];
        Assert.Equal(Enumerable.Range(0, 15), values);
    }
}
