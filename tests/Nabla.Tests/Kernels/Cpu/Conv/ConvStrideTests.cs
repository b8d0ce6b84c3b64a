using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvStrideTests
{
    public static TheoryData<int, int> Sizes
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var step in new[] { 1, 2, 3 })
            {
                foreach (var count in new[] { 0, 1, 2, 7, 8, 9, 16, 17, 33 })
                {
                    data.Add(step, count);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void PickTakesEveryNumberOfAStride(int step, int count)
    {
        var source = Numbers(1, Math.Max(1, ((count - 1) * step) + 1));
        var target = new float[count + 1];
        target[count] = -7;
        fixed (float* from = source, to = target)
        {
            ConvStride.Pick(from, step, to, count);
        }

        for (var j = 0; j < count; j++)
        {
            Assert.Equal(source[j * step], target[j]);
        }

        Assert.Equal(-7, target[count]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(47)]
    public void ZipAlternatesTwoRowsAndUnzipTakesThemApart(int count)
    {
        var (even, odd) = (Numbers(1, (count / 2) + 1), Numbers(100, (count / 2) + 1));
        var target = new float[count + 1];
        target[count] = -7;
        fixed (float* a = even, b = odd, to = target)
        {
            ConvStride.Zip(a, b, to, count);
        }

        for (var j = 0; j < count; j++)
        {
            Assert.Equal((j % 2 == 0 ? even : odd)[j / 2], target[j]);
        }

        Assert.Equal(-7, target[count]);
        var (evenAgain, oddAgain) = (new float[count + 1], new float[count + 1]);
        fixed (float* a = evenAgain, b = oddAgain, from = target)
        {
            ConvStride.Unzip(from, a, b, count);
        }

        var (evens, odds) = ((count + 1) / 2, count / 2);
        Assert.Equal(even[..evens], evenAgain[..evens]);
        Assert.Equal(odd[..odds], oddAgain[..odds]);
        Assert.All(evenAgain[evens..].Concat(oddAgain[odds..]), x => Assert.Equal(0, x));
    }

    private static float[] Numbers(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => (float)i)];
}
