using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class TopKRowTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(65, 1)]
    [InlineData(100, 16)]
    [InlineData(100, 17)]
    [InlineData(1000, 65)]
    [InlineData(500, 65)]
    public void The_best_are_those_of_a_sorted_row_with_NaN_as_the_largest_number(int n, int k)
    {
        var random = new Random(n + k);
        var x = Enumerable.Range(0, n).Select(_ => random.Next(20) switch
        {
            0 => float.NaN,
            1 => float.PositiveInfinity,
            2 => float.NegativeInfinity,
            3 => -0f,
            var other => (other - 10) / 2f,
        }).ToArray();
        foreach (var largest in new[] { false, true })
        {
            double Rank(int i) => (largest ? -1 : 1)
                * (float.IsNaN(x[i]) ? double.MaxValue : Math.Clamp(x[i], -1e9, 1e9));
            var expected = Enumerable.Range(0, n).OrderBy(Rank).Take(k);
            Assert.Equal(expected, Places(x, k, largest));
        }
    }

    [Fact]
    public void A_row_of_NaN_keeps_its_first()
    {
        var x = Enumerable.Repeat(float.NaN, 50).ToArray();
        Assert.Equal([0, 1, 2], Places(x, 3, largest: true));
        Assert.Equal([0, 1, 2], Places(x, 3, largest: false));
    }

    private static int[] Places(float[] x, int k, bool largest)
    {
        var room = new PackedSortEntry[TopKRow<float, PackedSortEntry>.Room(x.Length, k)];
        var places = new int[k];
        fixed (float* px = x)
        fixed (PackedSortEntry* p = room)
        {
            var best = TopKRow<float, PackedSortEntry>.Select(px, x.Length, k, largest, p);
            for (var i = 0; i < k; i++)
            {
                places[i] = best[i].Index;
            }
        }

        return places;
    }
}
