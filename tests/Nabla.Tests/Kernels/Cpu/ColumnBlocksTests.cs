using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class ColumnBlocksTests
{
    [Theory]
    [InlineData(0, 3, 5)]
    [InlineData(3, 0, 5)]
    [InlineData(3, 4, 0)]
    [InlineData(5, 7, 1)]
    [InlineData(2, 1000, 65)]
    [InlineData(3, 10, 5000)]
    [InlineData(1, 100_000, 200)]
    public void BlocksCoverEveryColumnOnceAndNoneIsTooWide(long outer, long axis, long inner)
    {
        Check(ColumnBlocks.Of(outer, axis, inner), outer, inner);
        Check(ColumnBlocks.Wide(outer, axis, inner), outer, inner);
    }

    private static void Check(ColumnBlocks blocks, long outer, long inner)
    {
        var hits = new int[outer * inner];
        for (var chunk = 0; chunk < blocks.Chunks.Count; chunk++)
        {
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (o, start, width) = blocks[b];
                Assert.InRange(width, 1, 1024);
                for (var i = 0; i < width; i++)
                {
                    hits[(o * inner) + start + i]++;
                }
            }
        }

        Assert.All(hits, hit => Assert.Equal(1, hit));
    }
}
