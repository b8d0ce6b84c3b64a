using System.Numerics;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Tests.Kernels.Cpu.Norm;

[Collection(nameof(WorkerTeam))]
public unsafe class LayerNormTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(4, 16)]
    [InlineData(9, 33)]
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

    /// <summary>Four rows run together, and what is left over row by row.</summary>
    [Fact]
    public void A_row_has_the_same_bits_in_any_company()
    {
        const int Rows = 7, Width = 83;
        var (x, gy) = (KernelData.Numbers<float>(Rows * Width),
            KernelData.Numbers<float>(Rows * Width, 3));
        var (w, b) = (KernelData.Numbers<float>(Width, 4), KernelData.Numbers<float>(Width, 5));
        var forward = Forward(x, w, b, Rows, Width);
        var backward = Backward(gy, x, w, forward, Rows, Width);
        for (var row = 0; row < Rows; row++)
        {
            var own = (row * Width)..((row + 1) * Width);
            var alone = Forward(x[own], w, b, 1, Width);
            Assert.Equal(forward[own], alone[..Width]);
            Assert.Equal(forward[(Rows * Width) + row], alone[Width]);
            Assert.Equal(forward[(Rows * Width) + Rows + row], alone[Width + 1]);
            Assert.Equal(backward[own], Backward(gy[own], x[own], w, alone, 1, Width)[..Width]);
        }
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, false, true)]
    [InlineData(false, false, false)]
    public void A_gradient_takes_the_place_of_its_input_with_any_sums(
        bool withWeight, bool withSums, bool withSum)
    {
        const int Rows = 6, Width = 21;
        var (x, gy) = (KernelData.Numbers<float>(Rows * Width),
            KernelData.Numbers<float>(Rows * Width, 3));
        var w = withWeight ? KernelData.Numbers<float>(Width, 4)
            : [.. Enumerable.Repeat(1f, Width)];
        var forward = Forward(x, w, new float[Width], Rows, Width);
        var expected = Backward(gy, x, w, forward, Rows, Width);
        var sums = Enumerable.Repeat(-7f, 3 * Width).ToArray();
        fixed (float* px = x, pw = w, pf = forward, pg = gy, ps = sums)
        {
            var mean = pf + (Rows * Width);
            LayerNorm.Backward(DType.Float32, pg, px, withWeight ? pw : null, mean, mean + Rows, pg,
                withSums ? ps : null, withSums ? ps + Width : null,
                withSum ? ps + (2 * Width) : null, Rows, Width);
        }

        Assert.Equal(expected[..(Rows * Width)], gy);
        float[] Expected(int sum, bool isWanted) => isWanted
            ? expected[((Rows + sum) * Width)..((Rows + sum + 1) * Width)]
            : [.. Enumerable.Repeat(-7f, Width)];
        Assert.Equal([.. Expected(0, withSums), .. Expected(1, withSums), .. Expected(2, withSum)],
            sums);
    }

    private static void Check<T>(int rows, int n, double tolerance)
        where T : unmanaged, IFloatingPoint<T>
    {
        var (x, gy) = (KernelData.Numbers<T>(rows * n), KernelData.Numbers<T>(rows * n, 3));
        var (w, b) = (KernelData.Numbers<T>(n, 4), KernelData.Numbers<T>(n, 5));
        var y = new double[rows * n];
        var gx = new double[(rows * n) + (3 * n)];
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
                gx[(rows * n) + (2 * n) + j] += gx[(r * n) + j];
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
            LayerNorm.Forward(
                DTypes.Of<T>(), px, pw, pb, py, mean, mean + rows, rows, n, 1e-5);
        }

        return y;
    }

    /// <summary>gx, gweight, gbias and the sum of gx, one after another.</summary>
    private static T[] Backward<T>(T[] gy, T[] x, T[] w, T[] forward, int rows, int n)
        where T : unmanaged
    {
        var gx = new T[(rows * n) + (3 * n)];
        fixed (T* pg = gy, px = x, pw = w, pf = forward, pgx = gx)
        {
            var mean = pf + (rows * n);
            var gw = pgx + (rows * n);
            LayerNorm.Backward(DTypes.Of<T>(),
                pg, px, pw, mean, mean + rows, pgx, gw, gw + n, gw + (2 * n), rows, n);
        }

        return gx;
    }
}
