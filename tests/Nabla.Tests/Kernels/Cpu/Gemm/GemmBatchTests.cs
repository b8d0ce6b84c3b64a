using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmBatchTests
{
    [Theory]
    [InlineData(0, 4, 4, 4, true, true)]
    [InlineData(3, 5, 6, 7, true, true)]
    [InlineData(3, 5, 6, 7, false, true)]
    [InlineData(3, 5, 6, 7, true, false)]
    [InlineData(3, 5, 6, 7, false, false)]
    [InlineData(200, 9, 20, 0, true, true)]
    [InlineData(200, 16, 16, 16, true, true)]
    [InlineData(70, 1, 40, 8, true, false)]
    [InlineData(3, 250, 210, 200, true, true)]
    public void EveryProductOfABatchEqualsTheSingleOne(
        int batch, int m, int n, int k, bool manyA, bool manyB)
    {
        var a = Numbers(1, (manyA ? batch : 1) * m * k);
        var b = Numbers(2, (manyB ? batch : 1) * k * n);
        var c = Numbers(3, batch * m * n);
        var expected = (float[])c.Clone();
        var bias = Numbers(4, n);
        fixed (float* pa = a, pb = b, pc = c, pe = expected, bp = bias)
        {
            var epilogue = new GemmEpilogue { ColumnBias = bp, Accumulate = true };
            var strideA = manyA ? m * k : 0;
            var strideB = manyB ? k * n : 0;
            Gemm.Batched(
                batch, m, n, k, pa, strideA, k, 1, pb, strideB, n, 1, pc, m * n, n, epilogue);
            for (var i = 0; i < batch; i++)
            {
                Gemm.Run(
                    m, n, k, pa + (i * strideA), k, 1, pb + (i * strideB), n, 1,
                    pe + (i * m * n), n, epilogue);
            }
        }

        for (var i = 0; i < c.Length; i++)
        {
            Assert.Equal(expected[i], c[i], 1e-4f);
        }
    }

    [Fact]
    public void ARowBiasIsGivenToEachProduct()
    {
        float[] a = [1, 2];
        float[] b = [10];
        float[] bias = [100, 200];
        var c = new float[4];
        fixed (float* pa = a, pb = b, pc = c, bp = bias)
        {
            var epilogue = new GemmEpilogue { RowBias = bp };
            Gemm.Batched(2, 2, 1, 1, pa, 0, 1, 1, pb, 0, 1, 1, pc, 2, 1, epilogue);
        }

        Assert.Equal([110, 220, 110, 220], c);
    }

    /// <summary>Small products, a tall one, vectors, nothing to add up, few large ones.</summary>
    [Theory]
    [InlineData(5, 6, 7, 8, true)]
    [InlineData(5, 6, 7, 8, false)]
    [InlineData(70, 1, 40, 8, true)]
    [InlineData(4, 5, 6, 0, true)]
    [InlineData(2, 210, 205, 200, true)]
    public void ResidualAndMaskOfAProductLieAsItsC(int batch, int m, int n, int k, bool manyB)
    {
        var c = Numbers(3, batch * m * n);
        var residual = Numbers(4, c.Length);
        var mask = Numbers(5, c.Length);
        var a = Numbers(1, batch * m * k);
        var b = Numbers(2, batch * k * n);
        var expected = new float[c.Length];
        for (var i = 0; i < c.Length; i++)
        {
            var (item, row, column) = (i / (m * n), i / n % m, i % n);
            double sum = residual[i];
            for (var p = 0; p < k; p++)
            {
                sum += (double)a[(((item * m) + row) * k) + p]
                    * b[((((manyB ? item : 0) * k) + p) * n) + column];
            }
            expected[i] = mask[i] > 0 ? (float)sum : 0;
        }

        var inPlace = (float[])residual.Clone();
        fixed (float* pa = a, pb = b, pc = c, pr = residual, pm = mask, pi = inPlace)
        {
            var strideB = manyB ? k * n : 0;
            Gemm.Batched(
                batch, m, n, k, pa, m * k, k, 1, pb, strideB, n, 1, pc, m * n, n,
                new GemmEpilogue { Residual = pr, Mask = pm });
            Gemm.Batched(
                batch, m, n, k, pa, m * k, k, 1, pb, strideB, n, 1, pi, m * n, n,
                new GemmEpilogue { Residual = pi, Mask = pm });
        }

        for (var i = 0; i < c.Length; i++)
        {
            Assert.Equal(expected[i], c[i], 1e-4f);
            Assert.Equal(expected[i], inPlace[i], 1e-4f);
        }
    }

    [Fact]
    public void SumsOfColumnsAreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() =>
        {
            float* none = stackalloc float[1];
            Gemm.Batched(
                2, 1, 1, 0, none, 0, 1, 1, none, 0, 1, 1, none, 0, 1,
                new GemmEpilogue { ColumnSums = none });
        });

        Assert.Contains("ColumnSums", error.Message);
    }

    [Fact]
    public void ANegativeBatchIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Gemm.Batched<float>(
            -1, 1, 1, 1, null, 0, 1, 1, null, 0, 1, 1, null, 0, 1, default));

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        var numbers = new float[count];
        foreach (ref var x in numbers.AsSpan())
        {
            x = random.NextSingle() - 0.5f;
        }

        return numbers;
    }
}
