using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class RowChunksTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 0)]
    [InlineData(1, 1_000_000)]
    [InlineData(7, 10_000)]
    [InlineData(100_000, 1)]
    [InlineData(20_000_000, 16384)]
    public void ChunksCoverEveryRowOnce(long rows, long work)
    {
        var chunks = RowChunks.Of(rows, work);
        long next = 0;
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            Assert.Equal(next, chunks.Start(chunk));
            next = chunks.End(chunk);
            Assert.True(next > chunks.Start(chunk));
        }

        Assert.Equal(rows, next);
    }

    [Fact]
    public void LittleWorkIsOneChunk() => Assert.Equal(1, RowChunks.Of(100, 100).Count);

    [Fact]
    public void HeavyRowsAreAChunkEach() => Assert.Equal(9, RowChunks.Of(9, 20_000).Count);
}
