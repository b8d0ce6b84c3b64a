using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class SortScratchTests
{
    [Fact]
    public void SmallerRequestsReuseTheMemoryAndLargerOnesGrowIt()
    {
        var first = SortScratch.Rent<long>(100);
        Assert.True(first == SortScratch.Rent<long>(50));
        var larger = new Span<long>(SortScratch.Rent<long>(100_000), 100_000);
        larger.Fill(7);
        Assert.Equal(700_000, larger.ToArray().Sum());
    }

    [Fact]
    public void ThreadsShareNoMemory()
    {
        var mine = (nint)SortScratch.Rent<long>(10);
        nint other = 0;
        var thread = new Thread(() => other = (nint)SortScratch.Rent<long>(10));
        thread.Start();
        thread.Join();
        Assert.NotEqual(mine, other);
    }
}
