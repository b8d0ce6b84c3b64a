using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class ReversedCopyTests
{
    [Fact]
    public void RowsOfAnyLengthRunBackwardsAndNothingElseIsWritten()
    {
        for (var n = 0; n <= 70; n++)
        {
            Check<byte>(n);
            Check<short>(n);
            Check<float>(n);
            Check<double>(n);
        }
    }

    private static void Check<T>(int n) where T : unmanaged, INumberBase<T>
    {
        var x = KernelData.Numbers<T>(n + 2);
        var y = new T[n + 2];
        fixed (T* px = x, py = y)
        {
            ReversedCopy.Run(px + 1, py + 1, n, sizeof(T));
        }

        T[] expected = [T.Zero, .. x.Skip(1).Take(n).Reverse(), T.Zero];
        Assert.Equal(expected, y);
    }
}
