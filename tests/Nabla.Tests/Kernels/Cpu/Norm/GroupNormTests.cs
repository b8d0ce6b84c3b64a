using System.Numerics;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Tests.Kernels.Cpu.Norm;

[Collection(nameof(WorkerTeam))]
public unsafe class GroupNormTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 6, 1, 3)]
    [InlineData(3, 40, 1, 2)]
    [InlineData(2, 6, 7, 2)]
    [InlineData(3, 5, 16, 5)]
    [InlineData(2, 4, 33, 1)]
    [InlineData(5, 12, 67, 4)]
    [InlineData(9, 8, 515, 4)]
    [InlineData(0, 4, 5, 2)]
    [InlineData(2, 4, 0, 2)]
    public void Values_and_gradients_match_their_definition(
        int samples, int channels, int pixels, int groups)
    {
        var shape = new GroupNormShape(samples, channels, pixels, groups);
        Check<float>(shape, 2e-5);
        Check<double>(shape, 1e-11);
    }

    [Fact]
    public void A_large_mean_does_not_cancel()
    {
        var x = Enumerable.Range(0, 64).Select(i => 1e4f + (i % 2)).ToArray();
        var y = Forward(x, [1, 1], [0, 0], new(1, 2, 32, 1))[..64];
        KernelData.Close<float>(
            [.. x.Select(v => (v - 1e4 - 0.5) / Math.Sqrt(0.25 + 1e-5))], y, 1e-5);
    }

    [Fact]
    public void Without_weights_the_gradient_is_that_of_weights_of_one()
    {
        var shape = new GroupNormShape(2, 6, 19, 3);
        var count = 2 * 6 * 19;
        var (x, gy) = (KernelData.Numbers<float>(count), KernelData.Numbers<float>(count, 3));
        float[] ones = [1, 1, 1, 1, 1, 1];
        var forward = Forward(x, ones, new float[6], shape);
        var plain = Forward(x, null, null, shape);
        KernelData.Close<float>([.. forward.Select(v => (double)v)], plain, 1e-6);
        var expected = Backward(gy, x, ones, forward, shape)[..count];
        KernelData.Close<float>([.. expected.Select(v => (double)v)],
            Backward(gy, x, null, forward, shape)[..count], 1e-5);
    }

    private static void Check<T>(GroupNormShape shape, double tolerance)
        where T : unmanaged, IFloatingPoint<T>
    {
        var (n, c, p) = ((int)shape.Samples, (int)shape.Channels, (int)shape.Pixels);
        var (count, row) = (n * c * p, (int)shape.RowSize);
        var (x, gy) = (KernelData.Numbers<T>(count), KernelData.Numbers<T>(count, 3));
        var (w, b) = (KernelData.Numbers<T>(c, 4), KernelData.Numbers<T>(c, 5));
        var (y, gx) = (new double[count], new double[count + (2 * c)]);
        for (var first = 0; first < count; first += row)
        {
            double At(T[] from, int j) => double.CreateChecked(from[j]);
            int Channel(int j) => j / p % c;
            var group = Enumerable.Range(first, row).ToArray();
            var mean = group.Average(j => At(x, j));
            var variance = group.Average(j => Math.Pow(At(x, j) - mean, 2));
            var s = 1 / Math.Sqrt(variance + 1e-5);
            double Hat(int j) => (At(x, j) - mean) * s;
            double G(int j) => At(gy, j) * At(w, Channel(j));
            var (meanG, dot) = (group.Average(G), group.Average(j => G(j) * Hat(j)));
            foreach (var j in group)
            {
                y[j] = (Hat(j) * At(w, Channel(j))) + At(b, Channel(j));
                gx[j] = s * (G(j) - meanG - (Hat(j) * dot));
                gx[count + Channel(j)] += At(gy, j) * Hat(j);
                gx[count + c + Channel(j)] += At(gy, j);
            }
        }

        var forward = KernelData.OnAnyThreads(() => Forward(x, w, b, shape));
        KernelData.Close<T>(y, forward[..count], tolerance);
        KernelData.Close<T>(
            gx, KernelData.OnAnyThreads(() => Backward(gy, x, w, forward, shape)),
            10 * tolerance);
    }

    /// <summary>y, mean and invStd, one after another.</summary>
    private static T[] Forward<T>(T[] x, T[]? w, T[]? b, GroupNormShape shape)
        where T : unmanaged
    {
        var y = new T[x.Length + (2 * shape.Rows) + 1];
        fixed (T* px = x, pw = w, pb = b, py = y)
        {
            var mean = py + x.Length;
            GroupNorm.Forward(
                DTypes.Of<T>(), px, pw, pb, py, mean, mean + shape.Rows, in shape, 1e-5);
        }

        return y;
    }

    /// <summary>gx, gweight and gbias, one after another.</summary>
    private static T[] Backward<T>(T[] gy, T[] x, T[]? w, T[] forward, GroupNormShape shape)
        where T : unmanaged
    {
        var gx = new T[x.Length + (2 * shape.Channels)];
        // Weights' gradients are written, not added to.
        gx.AsSpan(x.Length).Fill((T)Convert.ChangeType(7, typeof(T)));
        fixed (T* pg = gy, px = x, pw = w, pf = forward, pgx = gx)
        {
            var mean = pf + x.Length;
            var gw = w is null ? null : pgx + x.Length;
            var gb = w is null ? null : gw + shape.Channels;
            GroupNorm.Backward(
                DTypes.Of<T>(), pg, px, pw, mean, mean + shape.Rows, pgx, gw, gb, in shape);
        }

        return gx;
    }
}
