using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Attention;

public unsafe class AttentionTilesTests
{
    /// <summary>Every number of rows, and columns that fill no register; right operands packed and
    /// in place.</summary>
    [Theory]
    [InlineData(false, 128)]
    [InlineData(true, 128)]
    [InlineData(false, 129)]
    public void Products_write_their_tile_and_nothing_else(bool columnMajor, int queries)
    {
        const int K = 5, Lda = 20, Ldc = 80;
        var a = KernelData.Numbers<float>(Lda * Lda);
        var b = KernelData.Numbers<float>(K * Ldc, 2);
        var room = new float[GemmPanels<float>.Size(K, Ldc)];
        foreach (var columns in new[] { 1, 4, 8, 13, 16, 29, 32, 47, 64, 77 })
        {
            for (var rows = 0; rows <= GemmPanels<float>.TileRows; rows++)
            {
                var c = KernelData.Numbers<float>((rows + 1) * Ldc, 3);
                var expected = c.Select((start, i) => i / Ldc < rows && i % Ldc < columns
                    ? start + Enumerable.Range(0, K).Sum(k => (double)b[(k * Ldc) + (i % Ldc)]
                        * a[columnMajor ? (k * Lda) + (i / Ldc) : (i / Ldc * Lda) + k])
                    : start).ToArray();
                fixed (float* pa = a, pb = b, pc = c, panels = room)
                {
                    var problem = new AttentionProblem<float> { Queries = queries };
                    var ahead = new AttentionAhead<float>(&problem);
                    var right = AttentionRight<float>.Of(
                        &problem, new(0, 0, 0, Ldc, 1), pb, K, columns, panels);
                    Assert.Equal(
                        queries == 128 && columns % (GemmPanels<float>.Columns / 2) == 0,
                        right.Rows == pb);
                    var product = new AttentionProduct<float>
                    {
                        M = rows,
                        N = columns,
                        K = K,
                        A = pa,
                        Lda = Lda,
                        ColumnMajorA = columnMajor,
                        Panels = right.Rows,
                        Ldb = right.Stride,
                        PanelSize = right.PanelSize,
                        C = pc,
                        Ldc = Ldc,
                        Add = true,
                        Ahead = &ahead,
                    };
                    AttentionTiles<float>.Run(ref product);
                }
                KernelData.Close<float>(expected, c, 1e-5);
            }
        }
    }
}
