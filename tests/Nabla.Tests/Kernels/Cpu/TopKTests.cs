using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class TopKTests
{
    [Theory]
    [InlineData(3, 7, 1, 1)]
    [InlineData(3, 7, 1, 7)]
    [InlineData(2, 50, 3, 5)]
    [InlineData(60, 300, 1, 20)]
    [InlineData(3, 1000, 1, 10)]
    [InlineData(2, 900, 1, 70)]
    [InlineData(2, 900, 1, 200)]
    [InlineData(3, 37, 21, 4)]
    [InlineData(1, 40000, 3, 2)]
    [InlineData(2, 5, 3, 0)]
    [InlineData(2, 0, 3, 0)]
    [InlineData(0, 5, 3, 2)]
    public void TheBestComeFirstAndOfEqualsThoseThatLieFirst(
        int outer, int axis, int inner, int k)
    {
        Check<float>(outer, axis, inner, k);
        Check<double>(outer, axis, inner, k);
        Check<long>(outer, axis, inner, k);
        Check<int>(outer, axis, inner, k);
        Check<byte>(outer, axis, inner, k);
    }

    [Fact]
    public void NaNIsTheLargestNumber()
    {
        // torch.topk(torch.tensor([1., nan, 3., -inf]), 2) and with largest=False
        float[] x = [1, float.NaN, 3, float.NegativeInfinity];
        Assert.Equal([1, 2], Run(x, 1, 4, 1, 2, largest: true).Index);
        Assert.Equal([3, 0], Run(x, 1, 4, 1, 2, largest: false).Index);
    }

    private static void Check<T>(int outer, int axis, int inner, int k)
        where T : unmanaged, INumber<T>
    {
        var x = KernelData.Numbers<double>(outer * axis * inner)
            .Select(v => T.CreateTruncating(Math.Round((v + 2) * 8))).ToArray();
        foreach (var largest in new[] { false, true })
        {
            var index = KernelData.OnAnyThreads(
                () => Run(x, outer, axis, inner, k, largest).Index);
            var values = Run(x, outer, axis, inner, k, largest).Values;
            for (var column = 0; column < outer * inner; column++)
            {
                int At(int a, int n) => (((column / inner * n) + a) * inner) + (column % inner);
                var places = Enumerable.Range(0, axis);
                var expected = (largest
                    ? places.OrderByDescending(a => x[At(a, axis)])
                    : places.OrderBy(a => x[At(a, axis)])).ToArray();
                for (var a = 0; a < k; a++)
                {
                    Assert.Equal(expected[a], index[At(a, k)]);
                    Assert.Equal(x[At(expected[a], axis)], values[At(a, k)]);
                }
            }
        }
    }

    private static (T[] Values, long[] Index) Run<T>(
        T[] x, int outer, int axis, int inner, int k, bool largest)
        where T : unmanaged, INumberBase<T>
    {
        var values = new T[outer * k * inner];
        var index = new long[outer * k * inner];
        fixed (T* px = x, py = values)
        fixed (long* pi = index)
        {
            TopK.Run(px, py, pi, outer, axis, inner, k, largest);
        }

        return (values, index);
    }
}
