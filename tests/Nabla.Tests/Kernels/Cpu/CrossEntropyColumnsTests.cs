using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class CrossEntropyColumnsTests
{
    [Fact]
    public void ColumnsBehindTheLastStayUntouched()
    {
        float[] x = [1, 2, 3, 4, 1, 2, 3, 4];
        var maxima = new float[4];
        var logSums = new float[4];
        F32x4 below;
        fixed (float* px = x, pm = maxima, ps = logSums)
        {
            below = CrossEntropyColumns<F32x4>.Forward(
                (byte*)px, null, 2, 4 * sizeof(float), 3, wanted: true, (byte*)pm, (byte*)ps);
        }

        Assert.Equal([1, 2, 3, 0], maxima);
        KernelData.Close<float>(
            [Math.Log(2), Math.Log(2), Math.Log(2), 0], logSums, 1e-6);
        Assert.Equal(0, LaneWork.Sum(below));
    }
}
