using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class BatchNormChannelTests
{
    [Fact]
    public void OneChannelLeavesTheOthersAlone()
    {
        var x = KernelData.Numbers<float>(2 * 3 * 5);
        var y = new float[x.Length];
        var statistics = new float[9];
        fixed (float* px = x, py = y, ps = statistics)
        {
            BatchNormChannel<F32x4>.Forward(
                new()
                {
                    X = (byte*)px,
                    Y = (byte*)py,
                    Mean = (byte*)ps,
                    Variance = (byte*)(ps + 3),
                    InvStd = (byte*)(ps + 6),
                    Shape = new(2, 3, 5),
                    Training = true,
                },
                1, 1);
        }

        for (var i = 0; i < statistics.Length; i++)
        {
            Assert.Equal(i % 3 == 1, statistics[i] != 0);
        }

        for (var p = 0; p < y.Length; p++)
        {
            Assert.Equal(p / 5 % 3 == 1, y[p] != 0);
        }
    }
}
