using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class PoolPhasesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void LinesAreTakenApartAndPutTogether(int stride)
    {
        foreach (var count in new[] { 0, 1, 7, 8, 15, 16, 17, 31, 40, 65 })
        {
            Check<float>(stride, count);
            Check<double>(stride, count);
        }
    }

    private static void Check<T>(int stride, int count)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        // What is touched ends with the register that the last number is in.
        var pitch = (count + PoolPhases.Step - 1) / PoolPhases.Step * PoolPhases.Step;
        var line = KernelData.Numbers<T>(stride * pitch);
        var phases = new T[(stride * pitch) + 1];
        var back = new T[line.Length + 1];
        phases[^1] = back[^1] = T.CreateChecked(77);
        fixed (T* from = line, to = phases, again = back)
        {
            PoolPhases.Split(from, to, stride, pitch, count);
            PoolPhases.Join(to, again, stride, pitch, count);
        }

        for (var i = 0; i < stride * count; i++)
        {
            Assert.Equal(line[i], phases[(i % stride * pitch) + (i / stride)]);
            Assert.Equal(line[i], back[i]);
        }

        Assert.Equal((T.CreateChecked(77), T.CreateChecked(77)), (phases[^1], back[^1]));
    }
}
