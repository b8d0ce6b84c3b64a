using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class LinearIndexTests
{
    [Fact]
    public void A_dimension_is_added_to_the_place()
    {
        long[] index = [0, 4, -1, -5], y = [0, 1, 2, 3];
        fixed (long* i = index, p = y)
        {
            Assert.Equal(-1, LinearIndex.Add(i, p, 4, 5));
        }
        Assert.Equal([0, 9, 14, 15], y);
    }

    [Fact]
    public void The_first_bad_position_is_found_in_any_chunk()
    {
        var (index, y) = (new long[100_000], new long[100_000]);
        index[70_000] = 5;
        index[90_000] = -6;
        fixed (long* i = index, p = y)
        {
            Assert.Equal(70_000, LinearIndex.Add(i, p, index.Length, 5));
            index[70_000] = 4;
            Assert.Equal(90_000, LinearIndex.Add(i, p, index.Length, 5));
        }
    }
}
