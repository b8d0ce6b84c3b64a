using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class BatchNormTests
{
    [Theory]
    [InlineData(4, 3, 1)]
    [InlineData(4, 37, 1)]
    [InlineData(700, 150, 1)]
    [InlineData(3, 5, 49)]
    [InlineData(2, 4, 5)]
    [InlineData(5, 2, 31)]
    [InlineData(20, 18, 1024)]
    [InlineData(1, 2, 64)]
    [InlineData(6, 37, 20)]
    [InlineData(9, 70, 36)]
    [InlineData(3, 33, 9)]
    [InlineData(0, 3, 4)]
    [InlineData(0, 3, 1)]
    [InlineData(2, 0, 4)]
    [InlineData(2, 3, 0)]
    public void OutputsStatisticsAndGradientsMatchTheirDefinition(
        int samples, int channels, int length)
    {
        foreach (var affine in new[] { false, true })
        {
            Check<float>(samples, channels, length, affine, 2e-5);
            Check<double>(samples, channels, length, affine, 1e-12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void AMeanFarFromZeroDoesNotSpoilTheVariance(int length)
    {
        var samples = 10_000 / length;
        var x = new float[10_000];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = 10_000 + (i % 2);
        }

        float mean, variance, invStd;
        fixed (float* p = x)
        {
            BatchNorm.Forward(DType.Float32, new()
            {
                X = (byte*)p,
                Y = (byte*)p,
                Mean = (byte*)&mean,
                Variance = (byte*)&variance,
                InvStd = (byte*)&invStd,
                Shape = new(samples, 1, length),
                Training = true,
            });
        }

        Assert.Equal(10_000.5f, mean, 1e-3f);
        Assert.Equal(0.25f, variance, 1e-5f);
        Assert.Equal(2f, invStd, 1e-4f);
    }

    // torch.nn.functional.batch_norm of [[1, 2], [3, 6]] in training mode, ε = 1e-5.
    [Fact]
    public void PyTorchsValuesHold()
    {
        float[] x = [1, 2, 3, 6];
        var y = new float[4];
        var statistics = new float[6];
        fixed (float* px = x, py = y, ps = statistics)
        {
            BatchNorm.Forward(DType.Float32, new()
            {
                X = (byte*)px,
                Y = (byte*)py,
                Mean = (byte*)ps,
                Variance = (byte*)(ps + 2),
                InvStd = (byte*)(ps + 4),
                Shape = new(2, 2, 1),
                Epsilon = 1e-5,
                Training = true,
            });
        }

        KernelData.Close<float>([-0.999995, -0.99999875, 0.999995, 0.99999875], y, 1e-6);
        KernelData.Close<float>([2, 4, 1, 4], statistics.AsSpan(0, 4), 1e-6);
    }

    private static void Check<T>(
        int samples, int channels, int length, bool affine, double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        var c = new BatchNormCase<T>(samples, channels, length, affine);
        if (samples * length == 0)
        {
            c.Train();
            return;
        }

        var (mean, variance) = c.Statistics();
        var (_, actualMean, actualVariance, invStd) = c.Train();
        KernelData.Close<T>(
            c.Normalized(mean, variance), KernelData.OnAnyThreads(() => c.Train().Y), tolerance);
        KernelData.Close<T>(mean, actualMean, tolerance);
        KernelData.Close<T>(variance, actualVariance, tolerance);
        KernelData.Close<T>(
            c.Normalized(mean, variance),
            KernelData.OnAnyThreads(() => c.Infer(actualMean, actualVariance)), tolerance);

        foreach (var training in new[] { false, true })
        {
            var expected = c.Gradients(mean, variance, training);
            var (gx, gweight, gbias) = c.Backward(actualMean, invStd, training);
            KernelData.OnAnyThreads(() => c.Backward(actualMean, invStd, training).Gx);
            KernelData.Close<T>(expected.Gx, gx, 10 * tolerance);
            KernelData.Close<T>(expected.Gweight, gweight, 10 * tolerance);
            KernelData.Close<T>(expected.Gbias, gbias, 10 * tolerance);
        }
    }
}
