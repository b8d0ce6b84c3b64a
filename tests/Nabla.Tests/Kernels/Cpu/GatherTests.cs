using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class GatherTests
{
    [Theory]
    [InlineData(1, 5, 3, 1)]
    [InlineData(4, 5, 7, 1)]
    [InlineData(2, 3, 4, 5)]
    [InlineData(300, 11, 17, 9)]
    [InlineData(1, 50, 40_000, 1)]
    [InlineData(0, 5, 3, 2)]
    [InlineData(2, 5, 0, 2)]
    [InlineData(2, 5, 3, 0)]
    public void EveryElementComesFromItsIndex(int outer, int axis, int count, int inner)
    {
        Check<byte>(outer, axis, count, inner);
        Check<short>(outer, axis, count, inner);
        Check<float>(outer, axis, count, inner);
        Check<double>(outer, axis, count, inner);
    }

    [Fact]
    public void PyTorchsExampleHolds()
    {
        // torch.gather(torch.tensor([[1, 2], [3, 4]]), 1, torch.tensor([[0, 0], [1, 0]]))
        long[] x = [1, 2, 3, 4];
        Assert.Equal([1, 1, 4, 3], Run(x, [0, 0, 1, 0], 2, 2, 2, 1));
    }

    private static void Check<T>(int outer, int axis, int count, int inner)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var x = KernelData.Numbers<T>(outer * axis * inner);
        var index = KernelData.Indices(outer * count * inner, axis);
        var y = KernelData.OnAnyThreads(() => Run(x, index, outer, axis, count, inner));
        for (var p = 0; p < y.Length; p++)
        {
            var o = p / (count * inner);
            var i = p % inner;
            Assert.Equal(x[(((o * axis) + index[p]) * inner) + i], y[p]);
        }
    }

    private static T[] Run<T>(T[] x, long[] index, int outer, int axis, int count, int inner)
        where T : unmanaged
    {
        var y = new T[index.Length];
        fixed (T* px = x, py = y)
        fixed (long* pi = index)
        {
            Gather.Run(px, pi, py, outer, axis, count, inner, sizeof(T));
        }

        return y;
    }
}
