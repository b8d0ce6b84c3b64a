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

    [Fact]
    public void RunsLastAsLongAsAsked()
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        PeakFlops.Measure(1, 0.05, 2);
        Assert.InRange(
            System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0.05, 10);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.01, 0)]
    public void RunsOfNothingAreRefused(double seconds, int runs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PeakFlops.Measure(1, seconds, runs));
}
