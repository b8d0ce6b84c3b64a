using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class MedianTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(1001)]
    [InlineData(70000)]
    public void The_median_is_the_middle_of_a_stable_sort(int n)
    {
        var random = new Random(n);
        foreach (var kinds in new[] { 1, 3, 1000, 1 << 30 })
        {
            Check(n, _ => random.Next(kinds) - (kinds / 2));
            Check(n, _ => (long)random.Next(kinds) << 31);
            Check(n, _ => (byte)random.Next(kinds));
            Check(n, _ => (random.Next(kinds) - (kinds / 2)) / 7f);
            Check(n, _ => Math.Pow(random.Next(kinds) - (kinds / 2), 3) / 7);
        }
    }

    [Fact]
    public void Infinities_and_signs_have_their_order()
    {
        Assert.Equal(3, Place(2, float.NegativeInfinity, float.PositiveInfinity, -1, -3));
        Assert.Equal(2, Place(0f, float.PositiveInfinity, -0f));
        Assert.Equal(1, Place(0f, -0f, 0f, -0f));
    }

    [Fact]
    public void The_first_NaN_wins() =>
        Assert.Equal(2, Place(1, float.PositiveInfinity, float.NaN, -2, float.NaN));

    private static void Check<T>(int n, Func<int, T> number)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        T[] x = [.. Enumerable.Range(0, 2 * n).Select(number)];
        var (y, index) = (new T[2], new long[2]);
        fixed (T* px = x, py = y)
        fixed (long* pi = index)
        {
            Median.Run(px, py, pi, 2, n);
        }

        for (var row = 0; row < 2; row++)
        {
            var expected = Enumerable.Range(0, n).OrderBy(i => x[(row * n) + i])
                .ElementAt((n - 1) / 2);
            Assert.Equal(expected, index[row]);
            Assert.Equal(x[(row * n) + expected], y[row]);
        }
    }

    private static int Place(params float[] x)
    {
        var room = new PackedSortEntry[x.Length];
        fixed (float* px = x)
        fixed (PackedSortEntry* p = room)
        {
            return Median.Place(px, x.Length, p);
        }
    }
}
