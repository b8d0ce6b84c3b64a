using System.Runtime.Intrinsics;
using Nabla.Kernels.Cpu;
using Pack = Nabla.Kernels.Cpu.GemmPack<
    Nabla.Kernels.Cpu.GemmFloat128, System.Runtime.Intrinsics.Vector128<float>, float>;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmPackTests
{
    private const int Width = 8;

    [Theory]
    [InlineData(1, 8)]
    [InlineData(5, 16)]
    [InlineData(17, 3)]
    [InlineData(9, 13)]
    [InlineData(20, 22)]
    public void PanelsOfBHoldItsColumnsAndZeros(int k, int columns)
    {
        var panels = (columns + Width - 1) / Width;
        foreach (var (row, column) in new[] { (50, 1), (1, 50), (101, 2) })
        {
            var from = Count(6000);
            var to = new float[panels * k * Width];
            Array.Fill(to, -1);
            fixed (float* source = from, target = to)
            {
                Pack.B(k, columns, source, row, column, target);
            }

            for (var j = 0; j < panels * Width; j++)
            {
                for (var i = 0; i < k; i++)
                {
                    var at = ((j / Width) * k * Width) + (i * Width) + (j % Width);
                    Assert.Equal(j < columns ? from[(i * row) + (j * column)] : 0, to[at]);
                }
            }
        }
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(50, 2)]
    [InlineData(1, 20)]
    public void RowsOfAStayRows(int row, int column)
    {
        var from = Count(500);
        var to = new float[5 * 16];
        fixed (float* source = from, target = to)
        {
            Pack.ARows(5, 11, source, row, column, target, 16);
        }

        for (var i = 0; i < 5; i++)
        {
            for (var k = 0; k < 11; k++)
            {
                Assert.Equal(from[(i * row) + (k * column)], to[(i * 16) + k]);
            }
        }
    }

    private static float[] Count(int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = i + 1;
        }

        return numbers;
    }
}
