using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class GatherIndicesTests
{
    [Fact]
    public void GoodIndicesPass() => Assert.Equal(-1, FirstBad([0, 2, 1, 2], 3));

    [Fact]
    public void NothingIsGoodWhereThereIsNothing()
    {
        Assert.Equal(-1, FirstBad([], 0));
        Assert.Equal(0, FirstBad([0], 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void TheFirstBadIndexIsNamed(long bad) =>
        Assert.Equal(2, FirstBad([0, 2, bad, 1, bad], 3));

    [Theory]
    [InlineData(-100)]
    [InlineData(1)]
    [InlineData(255)]
    public void AnIgnoredValueIsGoodWhateverItIs(long ignored)
    {
        Assert.Equal(-1, FirstBad([0, ignored, 2], 3, ignored));
        Assert.Equal(3, FirstBad([0, ignored, 2, -1], 3, ignored));
    }

    [Fact]
    public void TheFirstOfManyIsFoundOnAnyThreads()
    {
        var index = new long[200_000];
        index[190_000] = -1;
        index[70_001] = 9;
        index[70_002] = 9;
        var found = KernelData.OnAnyThreads(() => new[] { FirstBad(index, 9) });
        Assert.Equal(70_001, found[0]);
    }

    private static long FirstBad(long[] index, long size, long? ignored = null)
    {
        fixed (long* p = index)
        {
            return GatherIndices.FirstBad(p, index.Length, size, ignored);
        }
    }
}
