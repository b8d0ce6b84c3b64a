using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class IndexSelectTests
{
    [Theory]
    [InlineData(1, 5, 3, 4)]
    [InlineData(4, 5, 7, 1)]
    [InlineData(3, 2, 9, 17)]
    [InlineData(1, 65, 3000, 32)]
    [InlineData(200, 11, 300, 1)]
    [InlineData(0, 5, 3, 2)]
    [InlineData(2, 5, 0, 2)]
    [InlineData(2, 5, 3, 0)]
    public void EverySliceComesFromItsIndex(int outer, int axis, int count, int inner)
    {
        Check<byte>(outer, axis, count, inner);
        Check<short>(outer, axis, count, inner);
        Check<float>(outer, axis, count, inner);
        Check<double>(outer, axis, count, inner);
    }

    private static void Check<T>(int outer, int axis, int count, int inner)
        where T : unmanaged, INumberBase<T>
    {
        var x = KernelData.Numbers<T>(outer * axis * inner);
        var index = KernelData.Indices(count, axis);
        var y = KernelData.OnAnyThreads(() =>
        {
            var result = new T[outer * count * inner];
            fixed (T* px = x, py = result)
            fixed (long* pi = index)
            {
                IndexSelect.Run(px, pi, py, outer, axis, count, inner, sizeof(T));
            }

            return result;
        });
        for (var p = 0; p < y.Length; p++)
        {
            var o = p / (count * inner);
            var j = p / inner % count;
            Assert.Equal(x[(((o * axis) + index[j]) * inner) + (p % inner)], y[p]);
        }
    }
}
