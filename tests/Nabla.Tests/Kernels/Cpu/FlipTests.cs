using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class FlipTests
{
    public static TheoryData<long[], bool[]> Cases => new()
    {
        { [], [] },
        { [5], [false] },
        { [5], [true] },
        { [2, 3], [true, false] },
        { [2, 3], [false, true] },
        { [2, 3, 4], [true, true, false] },
        { [2, 3, 4], [true, false, true] },
        { [2, 3, 2], [false, true, false] },
        { [60, 20, 33], [true, false, true] },
        { [60, 20, 33], [true, true, false] },
        { [7, 9, 5, 3], [false, false, true, true] },
        { [5, 300, 301], [false, true, false] },
        { [3, 4, 5, 6, 7], [true, true, false, false, true] },
        { [40000], [true] },
        { [2, 0, 4], [true, true, true] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void FlippedDimensionsRunBackwards(long[] shape, bool[] flipped)
    {
        Check<byte>(shape, flipped);
        Check<short>(shape, flipped);
        Check<float>(shape, flipped);
        Check<double>(shape, flipped);
    }

    private static void Check<T>(long[] shape, bool[] flipped)
        where T : unmanaged, INumberBase<T>
    {
        var x = KernelData.Numbers<T>(shape.Aggregate(1L, (a, b) => a * b));
        var y = KernelData.OnAnyThreads(() =>
        {
            var result = new T[x.Length];
            fixed (T* px = x, py = result)
            {
                Flip.Run(px, py, shape, flipped, sizeof(T));
            }

            return result;
        });
        for (var p = 0; p < y.Length; p++)
        {
            long rest = p;
            long source = 0;
            long stride = 1;
            for (var d = shape.Length - 1; d >= 0; d--)
            {
                var i = rest % shape[d];
                rest /= shape[d];
                source += (flipped[d] ? shape[d] - 1 - i : i) * stride;
                stride *= shape[d];
            }

            Assert.Equal(x[source], y[p]);
        }
    }
}
