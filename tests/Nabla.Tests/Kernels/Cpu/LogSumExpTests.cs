using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class LogSumExpTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 15)]
    [InlineData(3, 33)]
    [InlineData(500, 77)]
    public void Rows_are_sums_of_exponentials(int rows, int n)
    {
        var x = KernelData.Numbers<float>(rows * n);
        var wide = Array.ConvertAll(x, v => (double)v);
        var y = KernelData.OnAnyThreads(() => Run(x, rows));
        var exact = KernelData.OnAnyThreads(() => Run(wide, rows));
        for (var row = 0; row < rows; row++)
        {
            var expected = Math.Log(wide.AsSpan(row * n, n).ToArray().Sum(Math.Exp));
            Assert.Equal(expected, exact[row], 1e-13);
            Assert.Equal(expected, y[row], 2e-6);
        }
    }

    [Fact]
    public void Infinities_and_NaN_are_those_of_PyTorch()
    {
        const float inf = float.PositiveInfinity;
        float[] x = [-inf, -inf, inf, 1, -inf, 2, float.NaN, inf, 1000, 1000];
        Assert.Equal([-inf, inf, 2, float.NaN, 1000 + MathF.Log(2)], Run(x, 5));
    }

    private static T[] Run<T>(T[] x, int rows) where T : unmanaged
    {
        var y = new T[rows];
        fixed (T* px = x, py = y)
        {
            LogSumExp.Rows(px, py, rows, x.Length / rows);
        }

        return y;
    }
}
