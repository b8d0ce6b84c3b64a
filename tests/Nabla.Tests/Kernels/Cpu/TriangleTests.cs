using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class TriangleTests
{
    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(2, 3, 5)]
    [InlineData(2, 5, 3)]
    [InlineData(3, 100, 130)]
    [InlineData(0, 2, 2)]
    [InlineData(2, 0, 2)]
    [InlineData(2, 2, 0)]
    public void OneTriangleStaysAndTheOtherIsZero(int batch, int rows, int columns)
    {
        foreach (var diagonal in new[] { 0, 1, -1, 2, -200, 200 })
        {
            Check<float>(batch, rows, columns, diagonal);
            Check<byte>(batch, rows, columns, diagonal);
            Check<double>(batch, rows, columns, diagonal);
        }
    }

    [Fact]
    public void ItWorksInPlace()
    {
        float[] x = [1, 2, 3, 4];
        fixed (float* p = x)
        {
            Triangle.Lower(p, p, 1, 2, 2, 0, sizeof(float));
        }

        Assert.Equal([1, 0, 3, 4], x);
    }

    private static void Check<T>(int batch, int rows, int columns, int diagonal)
        where T : unmanaged, INumberBase<T>
    {
        var x = KernelData.Numbers<T>(batch * rows * columns);
        foreach (var lower in new[] { false, true })
        {
            var y = KernelData.OnAnyThreads(() => Run(x, batch, rows, columns, diagonal, lower));
            for (var p = 0; p < y.Length; p++)
            {
                var r = p / columns % rows;
                var c = p % columns;
                var kept = lower ? c <= r + diagonal : c >= r + diagonal;
                Assert.Equal(kept ? x[p] : T.Zero, y[p]);
            }
        }
    }

    private static T[] Run<T>(
        T[] x, int batch, int rows, int columns, int diagonal, bool lower)
        where T : unmanaged, INumberBase<T>
    {
        var y = new T[x.Length];
        Array.Fill(y, T.One);
        fixed (T* px = x, py = y)
        {
            if (lower)
            {
                Triangle.Lower(px, py, batch, rows, columns, diagonal, sizeof(T));
            }
            else
            {
                Triangle.Upper(px, py, batch, rows, columns, diagonal, sizeof(T));
            }
        }

        return y;
    }
}
