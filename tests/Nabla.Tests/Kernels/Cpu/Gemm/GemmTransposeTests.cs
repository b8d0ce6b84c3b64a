using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmTransposeTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(7, 9)]
    [InlineData(32, 40)]
    [InlineData(19, 27)]
    [InlineData(16, 8)]
    [InlineData(45, 20)]
    [InlineData(43, 28)]
    public void RowsBecomeColumns(int rows, int columns)
    {
        Check<float>(rows, columns);
        Check<double>(rows, columns);
    }

    private static void Check<T>(int rows, int columns)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        int fromStride = columns + 3, toStride = rows + 2;
        var from = new T[rows * fromStride];
        var to = new T[columns * toStride];
        for (var i = 0; i < from.Length; i++)
        {
            from[i] = T.CreateTruncating(i + 1);
        }

        fixed (T* source = from, target = to)
        {
            GemmTranspose.Run(rows, columns, source, fromStride, target, toStride);
        }

        for (var c = 0; c < columns; c++)
        {
            for (var r = 0; r < toStride; r++)
            {
                var expected = r < rows ? from[(r * fromStride) + c] : T.Zero;
                Assert.Equal(expected, to[(c * toStride) + r]);
            }
        }
    }
}
