using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvFetchTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(3, 0)]
    [InlineData(3, 100)]
    public void FetchingChangesNothing(int rows, int count)
    {
        var numbers = Enumerable.Range(0, 300).Select(i => (float)i).ToArray();
        fixed (float* from = numbers)
        {
            ConvFetch.Rows(from, 100, rows, count);
        }

        Assert.Equal(Enumerable.Range(0, 300).Select(i => (float)i), numbers);
    }

    [Fact]
    public void MemoryThatIsNotThereDoesNoHarm() => ConvFetch.Rows((float*)8, 1 << 20, 4, 64);
}
