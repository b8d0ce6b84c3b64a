using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed class PeakFlopsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ThePeakIsAPlausibleRate(int threads) =>
        Assert.InRange(PeakFlops.Measure(threads), 0.001, 1e6);

    [Fact]
    public void AThreadCountBelowOneIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PeakFlops.Measure(0));
}
