using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvPhaseTests
{
    [Fact]
    public void TheUnionOfRangesHoldsBoth()
    {
        var union = ConvTapRange.Union(new(2, 5), new(0, 3));
        Assert.Equal(new ConvTapRange(0, 5), union);
        Assert.Equal(union, ConvTapRange.Union(new(0, 3), new(2, 5)));
    }
}
