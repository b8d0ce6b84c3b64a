using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class PadTests
{
    public static TheoryData<long[], long[], long[]> Cases => new()
    {
        { [], [], [] },
        { [3], [1], [2] },
        { [3], [-1], [4] },
        { [5], [-2], [-2] },
        { [0], [2], [1] },
        { [2, 3], [0, 1], [0, 0] },
        { [2, 3], [1, 0], [2, 0] },
        { [2, 3], [1, -2], [-1, 5] },
        { [3], [-5], [7] },
        { [3], [7], [-5] },
        { [2, 3], [-2, 1], [0, 1] },
        { [2, 3, 4], [1, 2, 0], [0, 1, 0] },
        { [4, 7, 28, 28], [0, 0, 2, 2], [0, 0, 2, 2] },
        { [2, 0, 4], [0, 1, 0], [0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheInputSitsInsideTheConstant(long[] shape, long[] before, long[] after)
    {
        var x = KernelData.Numbers<float>(shape.Aggregate(1L, (a, b) => a * b));
        var padded = shape.Select((size, d) => size + before[d] + after[d]).ToArray();
        var y = KernelData.OnAnyThreads(() =>
        {
            var result = new float[padded.Aggregate(1L, (a, b) => a * b)];
            fixed (float* px = x, py = result)
            {
                Pad.Constant(px, py, shape, before, after, 9f);
            }

            return result;
        });
        for (var p = 0; p < y.Length; p++)
        {
            Assert.Equal(Expected(p, x, shape, before, padded), y[p]);
        }
    }

    private static float Expected(
        long position, float[] x, long[] shape, long[] before, long[] padded)
    {
        long source = 0;
        long stride = 1;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            var i = (position % padded[d]) - before[d];
            if (i < 0 || i >= shape[d])
            {
                return 9f;
            }

            source += i * stride;
            stride *= shape[d];
            position /= padded[d];
        }

        return x[source];
    }
}
