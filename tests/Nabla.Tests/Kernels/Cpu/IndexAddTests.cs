using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class IndexAddTests
{
    [Theory]
    [InlineData(1, 5, 3, 4)]
    [InlineData(4, 5, 7, 1)]
    [InlineData(3, 2, 9, 17)]
    [InlineData(1, 65, 3000, 130)]
    [InlineData(0, 5, 3, 2)]
    [InlineData(2, 5, 0, 2)]
    [InlineData(2, 5, 3, 0)]
    public void SlicesAddUpInOrderOfPosition(int outer, int axis, int count, int inner)
    {
        Check<float>(outer, axis, count, inner);
        Check<double>(outer, axis, count, inner);
        Check<long>(outer, axis, count, inner);
        Check<Half>(outer, axis, count, inner);
    }

    private static void Check<T>(int outer, int axis, int count, int inner)
        where T : unmanaged, INumberBase<T>
    {
        var source = KernelData.Numbers<T>(outer * count * inner);
        var index = KernelData.Indices(count, axis);
        var start = KernelData.Numbers<T>(outer * axis * inner, seed: 7);
        var expected = (T[])start.Clone();
        for (var p = 0; p < source.Length; p++)
        {
            var o = p / (count * inner);
            var j = p / inner % count;
            expected[(((o * axis) + index[j]) * inner) + (p % inner)] += source[p];
        }

        Assert.Equal(expected, KernelData.OnAnyThreads(() =>
        {
            var y = (T[])start.Clone();
            fixed (T* ps = source, py = y)
            fixed (long* pi = index)
            {
                IndexAdd.Run(ps, pi, py, outer, axis, count, inner);
            }

            return y;
        }));
    }
}
