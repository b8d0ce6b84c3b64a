using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class BatchNormColumnsTests
{
    [Fact]
    public void AGroupOfChannelsLeavesTheOthersAlone()
    {
        var x = KernelData.Numbers<float>(3 * 7);
        var y = new float[x.Length];
        var statistics = new float[3 * 7];
        fixed (float* px = x, py = y, ps = statistics)
        {
            BatchNormColumns<F32x4>.Forward(
                new()
                {
                    X = (byte*)px,
                    Y = (byte*)py,
                    Mean = (byte*)ps,
                    Variance = (byte*)(ps + 7),
                    InvStd = (byte*)(ps + 14),
                    Shape = new(3, 7, 1),
                    Training = true,
                },
                4);
        }

        for (var p = 0; p < y.Length; p++)
        {
            Assert.Equal(p % 7 >= 4, y[p] != 0);
            Assert.Equal(p % 7 >= 4, statistics[p] != 0);
        }
    }
}
