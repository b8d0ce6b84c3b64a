using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class RollTests
{
    [Theory]
    [InlineData(1, 5, 1, 0)]
    [InlineData(1, 5, 1, 2)]
    [InlineData(2, 5, 3, -1)]
    [InlineData(2, 5, 3, 13)]
    [InlineData(700, 9, 7, 4)]
    [InlineData(1, 150001, 1, 70000)]
    [InlineData(3, 301, 257, -100)]
    [InlineData(2, 0, 3, 1)]
    [InlineData(0, 3, 3, 1)]
    [InlineData(2, 3, 0, 1)]
    public void ElementsMoveAndComeBackAtTheOtherEnd(int outer, int axis, int inner, int shift)
    {
        var x = KernelData.Numbers<float>(outer * axis * inner);
        var y = KernelData.OnAnyThreads(() =>
        {
            var result = new float[x.Length];
            fixed (float* px = x, py = result)
            {
                Roll.Run(px, py, outer, axis, inner, shift, sizeof(float));
            }

            return result;
        });
        for (var p = 0; p < x.Length; p++)
        {
            var a = p / inner % axis;
            var to = (((a + shift) % axis) + axis) % axis;
            Assert.Equal(x[p], y[p + ((to - a) * inner)]);
        }
    }
}
