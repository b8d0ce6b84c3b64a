using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class ScanTests
{
    [Theory]
    [InlineData(3, 7, 1)]
    [InlineData(2, 5, 3)]
    [InlineData(2, 1, 3)]
    [InlineData(1, 20, 3000)]
    [InlineData(500, 60, 1)]
    [InlineData(0, 4, 2)]
    [InlineData(2, 0, 2)]
    [InlineData(2, 4, 0)]
    public void RunningSumsAndProductsMatchTheirDefinition(int outer, int axis, int inner)
    {
        Check<float>(outer, axis, inner, 1e-6);
        Check<double>(outer, axis, inner, 1e-14);
        Check<long>(outer, axis, inner, 0);
        Check<int>(outer, axis, inner, 0);
    }

    [Fact]
    public void Float32AccumulatesInFloat64()
    {
        var x = new float[1_000_000];
        Array.Fill(x, 0.1f);
        var y = Run(x, 1, x.Length, 1, product: false, reverse: false);
        Assert.Equal((float)(1_000_000 * (double)0.1f), y[^1]);
    }

    [Fact]
    public void NaNReachesWhatFollowsIt()
    {
        float[] x = [1, float.NaN, 2];
        Assert.Equal([1, float.NaN, float.NaN], Run(x, 1, 3, 1, product: false, reverse: false));
        Assert.Equal([float.NaN, float.NaN, 2], Run(x, 1, 3, 1, product: true, reverse: true));
    }

    private static void Check<T>(int outer, int axis, int inner, double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        var x = KernelData.Numbers<T>(outer * axis * inner);
        foreach (var product in new[] { false, true })
        {
            foreach (var reverse in new[] { false, true })
            {
                var expected = Expected(x, outer, axis, inner, product, reverse);
                var actual = KernelData.OnAnyThreads(
                    () => Run(x, outer, axis, inner, product, reverse));
                KernelData.Close<T>(expected, actual, tolerance);
            }
        }
    }

    private static double[] Expected<T>(
        T[] x, int outer, int axis, int inner, bool product, bool reverse)
        where T : unmanaged, INumberBase<T>
    {
        var y = new double[x.Length];
        for (var column = 0; column < outer * inner; column++)
        {
            var total = product ? 1.0 : 0.0;
            for (var step = 0; step < axis; step++)
            {
                var a = reverse ? axis - 1 - step : step;
                var p = (((column / inner * axis) + a) * inner) + (column % inner);
                var value = double.CreateTruncating(x[p]);
                total = product ? total * value : total + value;
                y[p] = total;
            }
        }

        return y;
    }

    private static T[] Run<T>(T[] x, int outer, int axis, int inner, bool product, bool reverse)
        where T : unmanaged, INumberBase<T>
    {
        var y = new T[x.Length];
        fixed (T* px = x, py = y)
        {
            if (product)
            {
                Scan.Product(px, py, outer, axis, inner, reverse);
            }
            else
            {
                Scan.Sum(px, py, outer, axis, inner, reverse);
            }
        }

        return y;
    }
}
