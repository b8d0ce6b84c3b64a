using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class ScatterTests
{
    [Theory]
    [InlineData(1, 5, 3, 1)]
    [InlineData(4, 5, 7, 1)]
    [InlineData(2, 3, 4, 5)]
    [InlineData(300, 11, 17, 9)]
    [InlineData(2, 30, 500, 300)]
    [InlineData(0, 5, 3, 2)]
    [InlineData(2, 5, 0, 2)]
    [InlineData(2, 5, 3, 0)]
    public void EveryElementGoesToItsIndex(int outer, int axis, int count, int inner)
    {
        Check<byte>(outer, axis, count, inner);
        Check<short>(outer, axis, count, inner);
        Check<float>(outer, axis, count, inner);
        Check<double>(outer, axis, count, inner);
    }

    [Fact]
    public void TheLastWriteWinsAndSumsKeepTheirOrder()
    {
        // 2²⁴ + 1 is 2²⁴ in float32, so another order gives another sum.
        float[] source = [1 << 24, 1, 1, -(1 << 24)];
        Assert.Equal([0, -(1 << 24)], Run(source, [1, 1, 1, 1], 1, 2, 4, 1, add: false));
        Assert.Equal([0, 0], Run(source, [1, 1, 1, 1], 1, 2, 4, 1, add: true));
    }

    private static void Check<T>(int outer, int axis, int count, int inner)
        where T : unmanaged, INumberBase<T>
    {
        var source = KernelData.Numbers<T>(outer * count * inner);
        var index = KernelData.Indices(outer * count * inner, axis);
        foreach (var add in new[] { false, true })
        {
            var expected = new T[outer * axis * inner];
            for (var p = 0; p < source.Length; p++)
            {
                var o = p / (count * inner);
                ref var y = ref expected[(((o * axis) + index[p]) * inner) + (p % inner)];
                y = add ? y + source[p] : source[p];
            }

            Assert.Equal(expected, KernelData.OnAnyThreads(
                () => Run(source, index, outer, axis, count, inner, add)));
        }
    }

    private static T[] Run<T>(
        T[] source, long[] index, int outer, int axis, int count, int inner, bool add)
        where T : unmanaged, INumberBase<T>
    {
        var y = new T[outer * axis * inner];
        fixed (T* ps = source, py = y)
        fixed (long* pi = index)
        {
            if (add)
            {
                Scatter.Add(ps, pi, py, outer, axis, count, inner);
            }
            else
            {
                Scatter.Write(ps, pi, py, outer, axis, count, inner, sizeof(T));
            }
        }

        return y;
    }
}
