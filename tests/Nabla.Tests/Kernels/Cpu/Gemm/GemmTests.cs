using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class GemmTests : IDisposable
{
    private static readonly int[] s_sizes =
        [0, 1, 2, 3, 5, 7, 13, 14, 15, 16, 17, 31, 33, 64, 100, 257];

    private readonly int _threads = WorkerTeam.Threads;

    public static TheoryData<int> Sizes => new(s_sizes);

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Float32ProductsOfAllSizesAndTransposesAreRight(int m) => AllOf<float>(m, s_sizes);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Float64ProductsOfAllSizesAndTransposesAreRight(int m) => AllOf<double>(m, s_sizes);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(33)]
    public void IntegerProductsAreExact(int m)
    {
        int[] sizes = [0, 1, 3, 8, 33];
        AllOf<int>(m, sizes);
        AllOf<long>(m, sizes);
    }

    [Theory]
    [InlineData(5, 7, 2000)]
    [InlineData(64, 65, 5000)]
    [InlineData(1, 300, 3000)]
    [InlineData(1, 5000, 30)]
    [InlineData(300, 1, 3000)]
    [InlineData(4000, 1, 70)]
    [InlineData(1, 1, 100_000)]
    [InlineData(700, 500, 400)]
    [InlineData(30, 3000, 500)]
    [InlineData(9000, 20, 40)]
    public void ProductsOfUnusualShapesAreRight(int m, int n, int k)
    {
        var product = new GemmCase<float>(m, n, k);
        foreach (var a in new[] { Layout.Rows, Layout.Columns, Layout.PaddedRows })
        {
            foreach (var b in new[] { Layout.Rows, Layout.Columns, Layout.PaddedRows })
            {
                product.Check(a, b);
                product.Check(a, b, accumulate: true, biases: true, relu: true);
            }
        }
    }

    [Fact]
    public void AnyStridesWork()
    {
        foreach (var (m, n, k) in new[] { (1, 9, 40), (9, 1, 40), (20, 70, 33), (65, 40, 500) })
        {
            var product = new GemmCase<float>(m, n, k);
            foreach (var other in Enum.GetValues<Layout>())
            {
                product.Check(Layout.Spread, other, biases: true);
                product.Check(other, Layout.Spread, accumulate: true);
            }
        }
    }

    [Theory]
    [InlineData(100, 100, 100)]
    [InlineData(257, 300, 700)]
    [InlineData(64, 48, 20_000)]
    [InlineData(9, 700, 800)]
    [InlineData(1, 2000, 3000)]
    [InlineData(3000, 1, 2000)]
    public void TheNumberOfThreadsDoesNotChangeABit(int m, int n, int k)
    {
        foreach (var transpose in new[] { false, true })
        {
            var one = Bits(1, m, n, k, transpose);
            Assert.Equal(one, Bits(2, m, n, k, transpose));
            Assert.Equal(one, Bits(3, m, n, k, transpose));
        }
    }

    [Fact]
    public void ReluLetsNaNThroughAndCutsInfinityBelow()
    {
        float[] a = [float.NaN, float.NegativeInfinity, float.PositiveInfinity, -1];
        var c = new float[4];
        var one = 1f;
        fixed (float* pa = a, pc = c)
        {
            Gemm.Run(
                4, 1, 1, pa, 1, 1, &one, 1, 1, pc, 1,
                new GemmEpilogue { Activation = GemmActivation.Relu });
        }

        Assert.Equal([float.NaN, 0, float.PositiveInfinity, 0], c);
    }

    [Fact]
    public void AWarmProductAllocatesNothing()
    {
        WorkerTeam.Threads = 2;
        var x = new float[200 * 200];
        var y = new float[200 * 200];
        fixed (float* px = x, py = y)
        {
            Gemm.Run(200, 200, 200, px, 200, 1, px, 1, 200, py, 200, default);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++)
            {
                Gemm.Run(200, 200, 200, px, 200, 1, px, 1, 200, py, 200, default);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void NegativeSizesAreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Gemm.Run<float>(1, -1, 1, null, 1, 1, null, 1, 1, null, 1, default));

    [Fact]
    public void OtherTypesAreRefusedByName()
    {
        var error = Assert.Throws<NotSupportedException>(
            () => Gemm.Run<short>(1, 1, 1, null, 1, 1, null, 1, 1, null, 1, default));
        Assert.Contains("Gemm multiplies float, double, long, int and byte, not Int16; convert the "
            + "operands first", error.Message);
    }

    private static void AllOf<T>(int m, int[] sizes)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        foreach (var n in sizes)
        {
            foreach (var k in sizes)
            {
                var product = new GemmCase<T>(m, n, k);
                foreach (var a in new[] { Layout.Rows, Layout.Columns })
                {
                    foreach (var b in new[] { Layout.Rows, Layout.Columns })
                    {
                        product.Check(a, b);
                        product.Check(a, b, accumulate: true);
                        product.Check(a, b, biases: true, relu: true);
                    }
                }

                product.Check(Layout.PaddedRows, Layout.PaddedRows, true, true, true);
            }
        }
    }

    private static float[] Bits(int threads, int m, int n, int k, bool transpose)
    {
        WorkerTeam.Threads = threads;
        var random = new Random(1);
        var a = new float[m * k];
        var b = new float[k * n];
        var c = new float[m * n];
        foreach (ref var x in a.AsSpan())
        {
            x = random.NextSingle();
        }

        foreach (ref var x in b.AsSpan())
        {
            x = random.NextSingle();
        }

        fixed (float* pa = a, pb = b, pc = c)
        {
            var (row, column) = transpose ? (1, k) : (n, 1);
            Gemm.Run(m, n, k, pa, k, 1, pb, row, column, pc, n, default);
        }

        return c;
    }
}
