using Nabla.Graphs;

namespace Nabla.Tests.Graphs;

public class OpTimingTests
{
    [Fact]
    public void A_product_has_a_rate()
    {
        var timing = new OpTiming("Linear", [2, 3], 0.5, 1_000_000);
        Assert.Equal(4, timing.GigaflopsPerSecond, 1e-9);
        Assert.Equal("    0.500 ms      4 GFLOP/s  Linear (2, 3)", timing.ToString());
        Assert.Equal(0, new OpTiming("Add", [2], 0, 0).GigaflopsPerSecond);
    }
}
