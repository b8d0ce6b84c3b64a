using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class SortTests
{
    [Theory]
    [InlineData(3, 7, 1)]
    [InlineData(2, 5, 3)]
    [InlineData(1, 70, 40)]
    [InlineData(60, 300, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(0, 5, 2)]
    [InlineData(2, 0, 2)]
    [InlineData(2, 5, 0)]
    public void ValuesAndPlacesAreThoseOfAStableSort(int outer, int axis, int inner)
    {
        Check<float>(outer, axis, inner);
        Check<double>(outer, axis, inner);
        Check<long>(outer, axis, inner);
        Check<int>(outer, axis, inner);
        Check<byte>(outer, axis, inner);
    }

    [Fact]
    public void NaNIsTheLargestNumberAndZerosAreEqual()
    {
        // torch.sort(torch.tensor([nan, -0., inf, 0., -inf, nan, 1.]), stable=True)
        float[] x = [
            float.NaN, -0f, float.PositiveInfinity, 0, float.NegativeInfinity, float.NaN, 1];
        var (values, index) = Run(x, 1, 7, 1, descending: false);
        Assert.Equal([4, 1, 3, 6, 2, 0, 5], index);
        Assert.True(float.IsNegative(values[1]) && float.IsPositive(values[2]));
        Assert.True(float.IsNaN(values[6]));
        Assert.Equal([0, 5, 2, 6, 1, 3, 4], Run(x, 1, 7, 1, descending: true).Index);
    }

    [Fact]
    public void EitherOutputMayBeLeftOut()
    {
        int[] x = [3, 1, 2];
        var y = new int[3];
        var index = new long[3];
        fixed (int* px = x, py = y)
        fixed (long* pi = index)
        {
            Sort.Run(px, py, null, 1, 3, 1, descending: false);
            Sort.Run(px, null, pi, 1, 3, 1, descending: false);
        }

        Assert.Equal([1, 2, 3], y);
        Assert.Equal([1, 2, 0], index);
    }

    private static void Check<T>(int outer, int axis, int inner)
        where T : unmanaged, INumber<T>
    {
        // A few values many times over, so that stability shows.
        var x = KernelData.Numbers<double>(outer * axis * inner)
            .Select(v => T.CreateTruncating(Math.Round((v + 2) * 8))).ToArray();
        foreach (var descending in new[] { false, true })
        {
            var index = KernelData.OnAnyThreads(
                () => Run(x, outer, axis, inner, descending).Index);
            var values = Run(x, outer, axis, inner, descending).Values;
            for (var column = 0; column < outer * inner; column++)
            {
                int At(int a) => (((column / inner * axis) + a) * inner) + (column % inner);
                var places = Enumerable.Range(0, axis);
                var expected = (descending
                    ? places.OrderByDescending(a => x[At(a)])
                    : places.OrderBy(a => x[At(a)])).ToArray();
                for (var a = 0; a < axis; a++)
                {
                    Assert.Equal(expected[a], index[At(a)]);
                    Assert.Equal(x[At(expected[a])], values[At(a)]);
                }
            }
        }
    }

    private static (T[] Values, long[] Index) Run<T>(
        T[] x, int outer, int axis, int inner, bool descending)
        where T : unmanaged, INumberBase<T>
    {
        var values = new T[x.Length];
        var index = new long[x.Length];
        fixed (T* px = x, py = values)
        fixed (long* pi = index)
        {
            Sort.Run(px, py, pi, outer, axis, inner, descending);
        }

        return (values, index);
    }
}
