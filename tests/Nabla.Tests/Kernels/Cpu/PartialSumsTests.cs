using System.Numerics;
using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class PartialSumsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(37, 5)]
    [InlineData(64, 3)]
    public void Parts_are_added_up_into_the_first_or_elsewhere(int n, int parts)
    {
        Check<float, F32x4>(n, parts);
        Check<double, F64x1>(n, parts);
        if (Simd.Wide)
        {
            Check<float, F32x16>(n, parts);
        }
    }

    private static void Check<T, V>(int n, int parts)
        where T : unmanaged, INumber<T>
        where V : unmanaged, ILanes<V>
    {
        var pitch = n + 3;
        var x = Enumerable.Range(0, parts * pitch)
            .Select(i => T.CreateChecked(i * 7 % 23)).ToArray();
        var expected = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, parts)
            .Aggregate(T.Zero, (sum, p) => sum + x[(p * pitch) + i])).ToArray();
        var y = new T[n + 1];
        y[n] = T.CreateChecked(-5);
        fixed (T* px = x, py = y)
        {
            PartialSums<V>.Add((byte*)px, (byte*)py, n, parts, pitch * sizeof(T));
            PartialSums<V>.Add((byte*)px, (byte*)px, n, parts, pitch * sizeof(T));
        }
        Assert.Equal([.. expected, T.CreateChecked(-5)], y);
        Assert.Equal(expected, x[..n]);
    }
}
