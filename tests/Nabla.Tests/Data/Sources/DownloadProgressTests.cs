using Nabla.Data.Sources;

namespace Nabla.Tests.Data.Sources;

public class DownloadProgressTests
{
    [Theory]
    [InlineData(0, 8, 0)]
    [InlineData(2, 8, 0.25)]
    [InlineData(8, 8, 1)]
    [InlineData(9, 8, 1)]
    [InlineData(5, 0, 0)]
    public void The_fraction_lies_between_0_and_1(long received, long total, double expected) =>
        Assert.Equal(expected, new DownloadProgress("a", received, total).Fraction);
}
