using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmIntegerTests
{
    [Theory]
    [InlineData(3, 4, 5)]
    [InlineData(40, 70, 30)]
    public void SmallNumbersAreExactInEveryType(int m, int n, int k)
    {
        Check<int>(m, n, k);
        Check<long>(m, n, k);
        Check<byte>(m, n, k: 7);
    }

    [Fact]
    public void OverflowWrapsAround()
    {
        int[] a = [int.MaxValue, 2];
        int[] b = [2, 1];
        var c = 0;
        fixed (int* pa = a, pb = b)
        {
            Gemm.Run(1, 1, 2, pa, 2, 1, pb, 1, 1, &c, 1, default);
        }

        Assert.Equal(0, c);
    }

    [Fact]
    public void Int64KeepsWhatFloatingPointWouldRound()
    {
        var a = (1L << 60) + 1;
        long b = 3, c = 0;
        Gemm.Run(1, 1, 1, &a, 1, 1, &b, 1, 1, &c, 1, default);
        Assert.Equal((3L << 60) + 3, c);
    }

    private static void Check<T>(int m, int n, int k)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var product = new GemmCase<T>(m, n, k);
        foreach (var layout in Enum.GetValues<Layout>())
        {
            product.Check(GemmInteger<T>.Run, layout, Layout.Rows);
            product.Check(GemmInteger<T>.Run, Layout.Rows, layout, true, true, true);
        }
    }
}
