using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class SoftmaxColumnsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void ColumnsBehindTheLastStayUntouched(int columns)
    {
        var x = KernelData.Numbers<float>(5 * 4);
        var y = new float[x.Length];
        Array.Fill(y, 9f);
        fixed (float* px = x, py = y)
        {
            SoftmaxColumns<F32x4>.Forward(
                (byte*)px, (byte*)py, 5, 4 * sizeof(float), columns, log: false);
        }

        for (var c = 0; c < 4; c++)
        {
            var sum = Enumerable.Range(0, 5).Sum(a => y[(a * 4) + c]);
            Assert.Equal(c < columns ? 1 : 45, sum, 1e-6);
        }
    }
}
