using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Attention;

public unsafe class AttentionTilesTests
{
    /// <summary>Every number of rows, and columns that fill no register.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Products_write_their_tile_and_nothing_else(bool columnMajor)
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
                    var problem = new AttentionProblem<float>();
                    var ahead = new AttentionAhead<float>(&problem);
                    GemmPanels<float>.Pack(K, columns, pb, Ldc, 1, panels);
                    var product = new AttentionProduct<float>
                    {
                        M = rows,
                        N = columns,
                        K = K,
                        A = pa,
                        Lda = Lda,
                        ColumnMajorA = columnMajor,
                        Panels = panels,
                        PanelSize = K * GemmPanels<float>.Columns,
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
