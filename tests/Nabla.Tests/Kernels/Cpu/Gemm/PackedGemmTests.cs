using System.Runtime.InteropServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class PackedGemmTests
{
    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(5, 0, 5)]
    [InlineData(5, 5, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 300, 200)]
    [InlineData(33, 31, 17)]
    [InlineData(32, 256, 784)]
    [InlineData(20, 100, 1300)]
    [InlineData(600, 4100, 530)]
    public void AProductWithAPackedBIsRight(int m, int n, int k)
    {
        var product = new GemmCase<float>(m, n, k);
        product.Check(PackAndRun, Layout.Rows, Layout.Columns);
        product.Check(PackAndRun, Layout.Columns, Layout.PaddedRows, true, true, true);
        product.Check(PackAndRun, Layout.PaddedRows, Layout.Spread);
    }

    [Fact]
    public void ThePackedFormRoundsUpTheColumns()
    {
        Assert.Equal(32 * 7, PackedGemm.Size(1, 7));
        Assert.Equal(64 * 7, PackedGemm.Size(33, 7));
        Assert.Equal(0, PackedGemm.Size(0, 7));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(16, false)]
    [InlineData(200, true)]
    public void ManyRowsPayForThePacking(int rows, bool expected) =>
        Assert.Equal(expected, PackedGemm.Pays(rows, 256, 300));

    [Fact]
    public void NegativeSizesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedGemm.Size(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedGemm.Pack(1, -1, null, 1, 1, null));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => PackedGemm.Run(-1, 1, 1, null, 1, 1, null, null, 1, default));
    }

    /// <summary>Packs into room that is followed by a guard.</summary>
    private static void PackAndRun(in GemmProblem<float> p)
    {
        var size = PackedGemm.Size(p.N, p.K);
        var packed = (float*)NativeMemory.AlignedAlloc((nuint)(4 * (size + 1)), 64);
        packed[size] = 77;
        PackedGemm.Pack(p.N, p.K, p.B, p.BRow, p.BCol, packed);
        PackedGemm.Run(p.M, p.N, p.K, p.A, p.ARow, p.ACol, packed, p.C, p.Ldc, p.Epilogue);
        Assert.Equal(77, packed[size]);
        NativeMemory.AlignedFree(packed);
    }
}
