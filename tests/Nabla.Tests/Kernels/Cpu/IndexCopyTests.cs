using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class IndexCopyTests
{
    [Theory]
    [InlineData(1, 3, 5, 1)]
    [InlineData(2, 4, 3, 7)]
    [InlineData(3, 10, 40, 2000)]
    public void Slices_replace_those_that_indices_name(int outer, int axis, int count, int inner)
    {
        var y = Enumerable.Range(0, outer * axis * inner).Select(i => -i).ToArray();
        var source = Enumerable.Range(1, outer * count * inner).ToArray();
        var index = Enumerable.Range(0, count).Select(j => j * 7L % axis).ToArray();
        var expected = (int[])y.Clone();
        for (var o = 0; o < outer; o++)
        {
            for (var j = 0; j < count; j++)
            {
                Array.Copy(source, ((o * count) + j) * inner, expected,
                    (int)((o * axis) + index[j]) * inner, inner);
            }
        }
        fixed (int* s = source, t = y)
        fixed (long* i = index)
        {
            IndexCopy.Run(s, i, t, outer, axis, count, inner, sizeof(int));
        }
        Assert.Equal(expected, y);
    }
}
