using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class GemmChunkTests
{
    /// <summary>Packed A, staged k, shared B, and panels narrower than a tile; with what may
    /// follow a product.</summary>
    [Theory]
    [InlineData(300, 256, 1024)]
    [InlineData(256, 100, 1600)]
    [InlineData(40, 272, 30)]
    [InlineData(29, 48, 2000)]
    [InlineData(100, 40, 1024)]
    public void ChunksAreRightAtEveryLevel(int m, int n, int k) =>
        GemmLevels.Float32(new Use(new GemmCase<float>(m, n, k)));

    /// <summary>Rows of A and of B 4 KiB apart, so that chunks pack A; and a B that is packed for
    /// all though its rows are contiguous.</summary>
    [Theory]
    [InlineData(600, 1024, 1024, true, false)]
    [InlineData(512, 2100, 1024, true, true)]
    [InlineData(512, 2100, 1040, false, true)]
    public void WhatIsPackedOfLargeProductsIsRight(int m, int n, int k, bool packsA, bool sharesB)
    {
        var plan = new GemmPlan(m, n, k, k, 1, n, 1, 14, 32, 4);
        Assert.Equal((packsA, sharesB), (plan.PacksA, plan.SharesB));
        new GemmCase<float>(m, n, k).Check(Layout.Rows, Layout.Rows);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public unsafe void TheBitsDoNotDependOnTheThreads(int threads)
    {
        const int Size = 150;
        const int Long = 1536;
        var random = new Random(1);
        var a = Enumerable.Range(0, Size * Long).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var b = Enumerable.Range(0, Size * Long).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var expected = Product(1);
        Assert.Equal(expected, Product(threads));
        expected = Product(1, rows: true);
        Assert.Equal(expected, Product(threads, rows: true));

        float[] Product(int count, bool rows = false)
        {
            var before = WorkerTeam.Threads;
            var c = new float[Size * Size];
            WorkerTeam.Threads = count;
            try
            {
                fixed (float* pa = a, pb = b, pc = c)
                {
                    var (row, column) = rows ? (Long, 1) : (1, Size);
                    Gemm.Run(Size, Size, Long, pa, row, column, pb, Size, 1, pc, Size, default);
                }
            }
            finally
            {
                WorkerTeam.Threads = before;
            }

            return c;
        }
    }

    private sealed class Use(GemmCase<float> product) : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            product.Check(GemmBlocked<S, V, float>.Run, Layout.Columns, Layout.Rows, true, true);
            product.Check(
                GemmBlocked<S, V, float>.Run, Layout.Rows, Layout.Rows, false, true, true);
            product.Check(GemmBlocked<S, V, float>.Run, Layout.PaddedRows, Layout.Rows, true);
            product.Check(GemmBlocked<S, V, float>.Run, Layout.Spread, Layout.Columns, true);
        }
    }
}
