using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class GemmPlanTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 13, 31, 5 }, { 14, 32, 384 }, { 15, 33, 385 }, { 100, 10, 10_000 },
        { 1024, 1024, 1024 }, { 100_000, 64, 64 }, { 64, 100_000, 576 }, { 10_000, 10_000, 100 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TilesCoverAllRowsAndDifferByOneAtMost(int m, int n, int k)
    {
        var plan = Plan(m, n, k);
        Assert.Equal(0, plan.Row(0));
        Assert.Equal(m, plan.Row(plan.PanelsM));
        var rows = Enumerable.Range(0, plan.PanelsM).Select(p => plan.Row(p + 1) - plan.Row(p));
        Assert.InRange(rows.Max() - rows.Min(), 0, 1);
        Assert.InRange(rows.Max(), 1, 14);
        Assert.InRange((plan.PanelsN * 32) - n, 0, 31);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BlocksOfKAreEvenAndFitTheCache(int m, int n, int k)
    {
        var plan = Plan(m, n, k);
        var blocks = (k + plan.BlockK - 1) / plan.BlockK;
        Assert.InRange(plan.BlockK, 1, 512);
        Assert.InRange((blocks * plan.BlockK) - k, 0, blocks - 1);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SharedPanelsAndBlocksOfAAreBounded(int m, int n, int k)
    {
        var plan = new GemmPlan(m, n, k, k, 1, 1, k + 1, 14, 32, 4);
        Assert.True(plan.SharesB);
        Assert.InRange((long)plan.BlockN * 32 * plan.StageK * 4, 1, 3 << 20);
        var tiles = (plan.PanelsM + plan.GridM - 1) / plan.GridM;
        var rows = (m + plan.PanelsM - 1) / plan.PanelsM;
        Assert.InRange((long)tiles * rows * plan.BlockK * 4, 1, 256 << 10);
        Assert.True(plan.LdaPacked >= plan.BlockK);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TheGridGivesEveryChunkATile(int m, int n, int k)
    {
        var plan = Plan(m, n, k);
        Assert.InRange(plan.GridM, 1, plan.PanelsM);
        Assert.InRange(plan.GridN, 1, plan.BlockN);
        Assert.Equal(plan.GridM * plan.GridN, plan.Chunks);
    }

    /// <summary>Rows of 1040 would be 17 chunks, of which one of two threads had nine.</summary>
    [Theory]
    [InlineData(1, 17)]
    [InlineData(2, 18)]
    [InlineData(4, 20)]
    [InlineData(16, 32)]
    [InlineData(64, 17)]
    public void ThreadsGetEquallyManyChunks(int share, int chunks)
    {
        var plan = new GemmPlan(2048, 256, 1024, 1040, 1, 256, 1, 14, 32, 4, share: share);
        Assert.Equal(chunks, plan.Chunks);
    }

    [Theory]
    [InlineData(4096, 4096, 32, GemmPlan.MaxFlatK, true)]
    [InlineData(4096, 4096, 33, GemmPlan.MaxFlatK, false)]
    [InlineData(4096, 4096, 64, GemmPlan.MaxFlatUpdateK, true)]
    [InlineData(4096, 4096, 16, 0, false)]
    [InlineData(1024, 1024, 16, GemmPlan.MaxFlatK, false)]
    public void ALargeCAndAShortKGoAlongTheRows(int m, int n, int k, int flatK, bool expected)
    {
        var plan = new GemmPlan(m, n, k, 1, m, n, 1, 14, 32, 4, flatK: flatK);
        Assert.Equal(expected, plan.IsFlat);
        if (expected)
        {
            Assert.Equal((plan.PanelsM, 1), (plan.GridM, plan.GridN));
            Assert.True(plan.SharesB);
        }
    }

    [Fact]
    public void OneChunkStaysOne() => Assert.Equal(1, new GemmPlan(
        14, 32, 64, 64, 1, 32, 1, 14, 32, 4, share: 2).Chunks);

    [Fact]
    public void LargeProductsHaveChunksForSomeThreads() =>
        Assert.True(Plan(512, 512, 512).Chunks >= 16);

    [Theory]
    [InlineData(1024, 1024, 1024)]
    [InlineData(2048, 256, 1024)]
    [InlineData(700, 2100, 1024)]
    public void MoreThreadsShareOutTheSameTilesAndBlocks(int m, int n, int k)
    {
        var few = Plan(m, n, k);
        var many = new GemmPlan(m, n, k, k, 1, n, 1, 14, 32, 4, least: 256);
        Assert.True(many.Chunks >= 256);
        Assert.Equal((few.PanelsM, few.BlockK), (many.PanelsM, many.BlockK));
    }

    [Fact]
    public void OperandsWithoutUnitStrideArePacked()
    {
        var plan = new GemmPlan(9, 9, 9, 20, 2, 20, 2, 14, 32, 4);
        Assert.True(plan.PacksA);
        Assert.True(plan.SharesB);
    }

    [Theory]
    [InlineData(1024, 1024, true)]
    [InlineData(1000, 1024, true)]
    [InlineData(256, 1024, true)]
    [InlineData(128, 1024, false)]
    [InlineData(1040, 1040, false)]
    [InlineData(2048, 2048, true)]
    [InlineData(2048, 2064, false)]
    public void RowsOfAThatShareACacheSetArePackedForManyPanels(int n, int k, bool expected) =>
        Assert.Equal(expected, Plan(1024, n, k).PacksA);

    [Theory]
    [InlineData(16, 1024, 16, true)]
    [InlineData(15, 1024, 16, false)]
    [InlineData(16, 1040, 16, false)]
    [InlineData(16, 512, 8, false)]
    public void LowTilesShareABWhoseRowsShareACacheSet(
        int m, int n, int columns, bool expected)
    {
        var plan = new GemmPlan(m, n, 100, 100, 1, n, 1, 6, columns, 4);
        Assert.Equal(expected, plan.SharesB);
        Assert.False(plan.PacksA);
        Assert.False(new GemmPlan(m, n, 100, 100, 1, n, 1, 14, columns, 4).SharesB);
    }

    [Theory]
    [InlineData(1024, 64, 6, 16, true)]
    [InlineData(1024, 48, 6, 16, false)]
    [InlineData(1040, 64, 6, 16, false)]
    [InlineData(1024, 64, 6, 8, false)]
    [InlineData(1024, 128, 14, 32, false)]
    public void LowTilesTurnRoundAnAWhoseColumnsShareACacheSet(
        int m, int n, int rows, int columns, bool expected)
    {
        var plan = new GemmPlan(m, n, 100, 1, m, n, 1, rows, columns, 4);
        Assert.Equal(expected, plan.PacksA);
        Assert.NotEqual(expected, plan.ColumnMajorA);
    }

    [Theory]
    [InlineData(2100, 128, 1024, 12)]
    [InlineData(2100, 256, 1040, 14)]
    public void TilesTakeNoMoreRowsOfAThanACacheSetHolds(int m, int n, int k, int expected)
    {
        var plan = Plan(m, n, k);
        Assert.False(plan.PacksA);
        Assert.Equal((m + expected - 1) / expected, plan.PanelsM);
    }

    [Theory]
    [InlineData(1024, false)]
    [InlineData(2048, true)]
    [InlineData(1900, true)]
    public void ABThatOutgrowsTheCachesIsPackedOnceForAll(int size, bool expected) =>
        Assert.Equal(expected, Plan(size, size, size).SharesB);

    [Theory]
    [InlineData(256, 1024, 2048, true)]
    [InlineData(256, 1024, 512, false)]
    [InlineData(4096, 900, 2048, false)]
    public void WhereBothOperandsFollowKTheirChunksGoThroughItTogether(
        int m, int n, int k, bool expected)
    {
        var plan = new GemmPlan(m, n, k, 1, m, n + 3, 1, 14, 32, 4);
        Assert.Equal(expected, plan.IsStaged);
        Assert.Equal(expected ? plan.BlockK : k, plan.StageK);
        Assert.Equal(expected ? 128 : k, plan.FirstK);
        Assert.InRange(plan.BlockK, 1, 512);
    }

    [Theory]
    [InlineData(1024, 256, 2048, true)]
    [InlineData(256, 1024, 2048, false)]
    [InlineData(1024, 256, 512, false)]
    public void NeighbouringChunksOfAStageShareTheLongerOperand(
        int m, int n, int k, bool expected) =>
        Assert.Equal(expected, new GemmPlan(m, n, k, 1, m, n, 1, 14, 32, 4).ByRows);

    [Fact]
    public void AChunkOfSeveralBlocksOfKKeepsItsCInTheCache()
    {
        var plan = Plan(1400, 1400, 1400);
        var tiles = (plan.PanelsM + plan.GridM - 1) / plan.GridM;
        var panels = (plan.PanelsN + plan.GridN - 1) / plan.GridN;
        Assert.InRange((long)tiles * 14 * panels * 32 * 4, 1, 320 << 10);
    }

    private static GemmPlan Plan(int m, int n, int k) => new(m, n, k, k, 1, n, 1, 14, 32, 4);
}
