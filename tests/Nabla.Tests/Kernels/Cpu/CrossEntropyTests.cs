using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class CrossEntropyTests
{
    private static readonly float[] s_logits = [1, -2, 0.5f, 0, 3, -1, 2, 2, 2, -1, 0, 4];
    private static readonly long[] s_targets = [0, 2, -100, 1];
    private static readonly float[] s_weight = [1, 2, 0.5f];

    // Expected values are those of torch.nn.functional.cross_entropy.
    public static TheoryData<bool, double, double[], double, double[]> PyTorch => new()
    {
        {
            false, 0, [0.5045969, 4.0658841, 0, 4.024745], 2.8650753,
            [-0.1320837, 0.0100196, 0.1220641, 0.0155375, 0.3120798, -0.3276174, 0, 0, 0,
                0.0021911, -0.3273773, 0.3251863]
        },
        {
            true, 0, [0.5045969, 2.0329421, 0, 8.04949], 3.0248654,
            [-0.1132146, 0.0085883, 0.1046264, 0.0066589, 0.1337485, -0.1404075, 0, 0, 0,
                0.0037562, -0.5612183, 0.5574622]
        },
        {
            false, 0.1, [0.6212636, 3.8992174, 0, 3.9247448], 2.8150754,
            [-0.1098615, -0.0010915, 0.110953, 0.0044264, 0.3009687, -0.3053952, 0, 0, 0,
                -0.00892, -0.3051551, 0.3140751]
        },
        {
            true, 0.1, [0.7213402, 2.0040009, 0, 7.6807609], 2.9731719,
            [-0.091292, -0.0103162, 0.1016082, -0.001977, 0.132534, -0.130557, 0, 0, 0,
                -0.0059242, -0.5235485, 0.5294726]
        },
    };

    [Theory]
    [MemberData(nameof(PyTorch))]
    public void PyTorchsLossesAndGradientsHold(
        bool weighted, double smoothing, double[] losses, double mean, double[] gradient)
    {
        var c = new CrossEntropyCase<float>(
            s_logits, s_targets, weighted ? s_weight : null, 4, 3, 1, new(-100, smoothing));
        var (bad, loss, saved) = c.Forward();
        Assert.Equal(-1, bad);
        KernelData.Close<float>(losses, loss, 1e-6);
        var (total, divisor) = c.Reduce(loss, mean: true);
        Assert.Equal(mean, total, 1e-6);
        KernelData.Close<float>(gradient, c.Backward([1], divisor, saved), 1e-6);
    }

    [Theory]
    [InlineData(5, 10, 1)]
    [InlineData(300, 77, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(1000, 10, 1)]
    [InlineData(701, 64, 1)]
    [InlineData(450, 65, 1)]
    [InlineData(2, 5, 3)]
    [InlineData(2, 21, 700)]
    [InlineData(0, 3, 1)]
    [InlineData(2, 3, 0)]
    public void LossesAndGradientsMatchTheirDefinition(int samples, int classes, int length)
    {
        foreach (var weighted in new[] { false, true })
        {
            foreach (var smoothing in new[] { 0, 0.2 })
            {
                Check<float>(samples, classes, length, weighted, smoothing, 3e-6);
                Check<double>(samples, classes, length, weighted, smoothing, 1e-13);
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(-100)]
    public void ATargetThatIsNoClassIsNamedByItsPosition(long target)
    {
        var targets = (long[])s_targets.Clone();
        targets[2] = target;
        var c = new CrossEntropyCase<float>(s_logits, targets, null, 4, 3, 1, new(-7));
        var (bad, loss, _) = c.Forward();
        Assert.Equal(2, bad);
        Assert.Equal(new float[4], loss);
    }

    [Fact]
    public void TheMeanOfNothingIsNaNAndItsSumIsZero()
    {
        var c = new CrossEntropyCase<float>(s_logits, [1, 1, 1, 1], null, 4, 3, 1, new(1));
        var loss = c.Forward().Loss;
        Assert.True(double.IsNaN(c.Reduce(loss, mean: true).Total));
        var (total, divisor) = c.Reduce(loss, mean: false);
        Assert.Equal((0, 1f), (total, divisor[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void HugeLogitsGiveExactLossesAndIgnoredOnesNoNaN(int length)
    {
        var sample = new float[3 * length];
        for (var i = 0; i < length; i++)
        {
            sample[i] = 1e6f;
            sample[length + i] = 1e6f - 1;
            sample[(2 * length) + i] = float.NegativeInfinity;
        }

        float[] x = [.. sample, .. Enumerable.Repeat(float.PositiveInfinity, 3 * length)];
        long[] target = [.. Enumerable.Repeat(1L, length), .. Enumerable.Repeat(-100L, length)];
        var c = new CrossEntropyCase<float>(x, target, null, 2, 3, length, new());
        var (_, loss, saved) = c.Forward();
        Assert.Equal(1 + Math.Log(1 + Math.Exp(-1)), loss[0], 1e-6);
        var gx = c.Backward([1], [1], saved);
        Assert.Equal(1 / (1 + Math.Exp(-1)), gx[0], 1e-6);
        Assert.Equal(0, gx[2 * length]);
        Assert.All(gx[(3 * length)..], g => Assert.Equal(0, g));
    }

    private static void Check<T>(
        int samples, int classes, int length, bool weighted, double smoothing, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var targets = KernelData.Indices(samples * length, classes + 1)
            .Select(t => t == classes ? -100 : t).ToArray();
        var weight = KernelData.Numbers<T>(classes, seed: 8).Select(T.Abs).ToArray();
        var c = new CrossEntropyCase<T>(
            KernelData.Numbers<T>(samples * classes * length), targets,
            weighted ? weight : null, samples, classes, length, new(-100, smoothing));
        var gy = KernelData.Numbers<T>(targets.Length, seed: 9);
        var (losses, gradient) = c.Expected(gy);

        var saved = c.Forward().Saved;
        KernelData.Close<T>(
            losses, KernelData.OnAnyThreads(() => c.Forward().Loss), 5 * tolerance);
        KernelData.Close<T>(
            gradient, KernelData.OnAnyThreads(() => c.Backward(gy, null, saved)), tolerance);
    }
}
