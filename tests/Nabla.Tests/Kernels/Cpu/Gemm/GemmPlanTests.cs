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
    public void PackedBlocksAreBounded(int m, int n, int k)
    {
        var plan = Plan(m, n, k);
        Assert.True(!plan.PackB || (long)plan.BlockN * 32 * plan.BlockK * 4 <= 8 << 20);
        Assert.True(!plan.PackA || (long)plan.BlockM * 14 * plan.LdaPacked * 4 <= 8 << 20);
        Assert.True(plan.LdaPacked >= plan.BlockK);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TheGridGivesEveryChunkATile(int m, int n, int k)
    {
        var plan = Plan(m, n, k);
        Assert.InRange(plan.GridM, 1, plan.BlockM);
        Assert.InRange(plan.GridN, 1, plan.BlockN);
    }

    [Fact]
    public void LargeProductsHaveChunksForManyThreads() =>
        Assert.True(Plan(512, 512, 512) is var plan && plan.GridM * plan.GridN >= 32);

    [Fact]
    public void OperandsWithoutUnitStrideArePacked()
    {
        var plan = new GemmPlan(9, 9, 9, 20, 2, 20, 2, 14, 32, 4);
        Assert.True(plan.PackA);
        Assert.True(plan.PackB);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1040, false)]
    public void RowsThatShareACacheSetArePacked(int size, bool expected)
    {
        var plan = Plan(size, size, size);
        Assert.Equal(expected, plan.PackA);
        Assert.Equal(expected, plan.PackB);
    }

    private static GemmPlan Plan(int m, int n, int k) => new(m, n, k, k, 1, n, 1, 14, 32, 4);
}
