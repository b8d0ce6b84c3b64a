using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class NhwcPoolTests
{
    [Fact]
    public void ThePoolsTakeTheWidestRegisters()
    {
        float[] x = [1, 8, 2, 7, 3, 6, 4, 5];
        fixed (float* from = x)
        {
            var source = (nint)from;
            var window = new PoolWindow(2, 2) { KernelHeight = 2, KernelWidth = 2 };
            Assert.Equal([4f, 8], NhwcCase.Guarded(
                2, y => NhwcPool.Max((float*)source, y, 1, 2, in window)));
            Assert.Equal([2.5f, 6.5f], NhwcCase.Guarded(
                2, y => NhwcPool.AdaptiveAverage((float*)source, y, 1, 2, 2, 2, 1, 1)));
        }
    }
}
