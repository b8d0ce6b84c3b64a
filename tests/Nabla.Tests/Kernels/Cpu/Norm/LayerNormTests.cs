using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Norm;

[Collection(nameof(WorkerTeam))]
public unsafe class LayerNormTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(4, 16)]
    [InlineData(5, 67)]
    [InlineData(150, 515)]
    [InlineData(0, 5)]
    public void Values_and_gradients_match_their_definition(int rows, int n)
    {
        Check<float>(rows, n, 2e-5);
        Check<double>(rows, n, 1e-11);
    }

    [Fact]
    public void A_large_mean_does_not_cancel()
    {
        var x = Enumerable.Range(0, 64).Select(i => 1e4f + (i % 2)).ToArray();
        var ones = Enumerable.Repeat(1f, 64).ToArray();
        var y = Forward(x, ones, new float[64], 1, 64)[..64];
        KernelData.Close<float>(
            [.. x.Select(v => (v - 1e4 - 0.5) / Math.Sqrt(0.25 + 1e-5))], y, 1e-5);
    }

    private static void Check<T>(int rows, int n, double tolerance)
        where T : unmanaged, IFloatingPoint<T>
    {
        var (x, gy) = (KernelData.Numbers<T>(rows * n), KernelData.Numbers<T>(rows * n, 3));
        var (w, b) = (KernelData.Numbers<T>(n, 4), KernelData.Numbers<T>(n, 5));
        var y = new double[rows * n];
        var gx = new double[(rows * n) + (2 * n)];
        for (var r = 0; r < rows; r++)
        {
            double At(T[] from, int j) => double.CreateChecked(from[j]);
            var row = Enumerable.Range(0, n).ToArray();
            var mean = row.Average(j => At(x, (r * n) + j));
            var variance = row.Average(j => Math.Pow(At(x, (r * n) + j) - mean, 2));
            var s = 1 / Math.Sqrt(variance + 1e-5);
            double Hat(int j) => (At(x, (r * n) + j) - mean) * s;
            double G(int j) => At(gy, (r * n) + j) * At(w, j);
            var (meanG, dot) = (row.Average(G), row.Average(j => G(j) * Hat(j)));
            foreach (var j in row)
            {
                y[(r * n) + j] = (Hat(j) * At(w, j)) + At(b, j);
                gx[(r * n) + j] = s * (G(j) - meanG - (Hat(j) * dot));
                gx[(rows * n) + j] += At(gy, (r * n) + j) * Hat(j);
                gx[(rows * n) + n + j] += At(gy, (r * n) + j);
            }
        }

        var forward = KernelData.OnAnyThreads(() => Forward(x, w, b, rows, n));
        KernelData.Close<T>(y, forward[..(rows * n)], tolerance);
        KernelData.Close<T>(
            gx, KernelData.OnAnyThreads(() => Backward(gy, x, w, forward, rows, n)),
            10 * tolerance);
    }

    /// <summary>y, mean and invStd, one after another.</summary>
    private static T[] Forward<T>(T[] x, T[] w, T[] b, int rows, int n)
        where T : unmanaged
    {
        var y = new T[(rows * n) + (2 * rows) + 1];
        fixed (T* px = x, pw = w, pb = b, py = y)
        {
            var mean = py + (rows * n);
            LayerNorm.Forward(px, pw, pb, py, mean, mean + rows, rows, n, 1e-5);
        }

        return y;
    }

    /// <summary>gx, gweight and gbias, one after another.</summary>
    private static T[] Backward<T>(T[] gy, T[] x, T[] w, T[] forward, int rows, int n)
        where T : unmanaged
    {
        var gx = new T[(rows * n) + (2 * n)];
        fixed (T* pg = gy, px = x, pw = w, pf = forward, pgx = gx)
        {
            var mean = pf + (rows * n);
            var gw = pgx + (rows * n);
            LayerNorm.Backward(pg, px, pw, mean, mean + rows, pgx, gw, gw + n, rows, n);
        }

        return gx;
    }
}
