using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvPixelTransposeTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 40)]
    [InlineData(3, 3)]
    [InlineData(4, 9)]
    [InlineData(9, 7)]
    [InlineData(15, 8)]
    [InlineData(16, 16)]
    [InlineData(33, 9)]
    [InlineData(21, 50)]
    public void EveryNumberMovesAndNothingElseIsTouched(int rows, int columns)
    {
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (!ConvVectors.IsSupported<V>())
            {
                return;
            }

            var (sourceRow, targetRow) = (columns + 3, rows + 5);
            var source = Enumerable.Range(0, rows * sourceRow).Select(i => (float)i).ToArray();
            var target = new float[columns * targetRow];
            target.AsSpan().Fill(-1);
            fixed (float* from = source, to = target)
            {
                ConvPixelTranspose.Run<V>(from, sourceRow, rows, columns, to, targetRow);
            }

            for (var i = 0; i < target.Length; i++)
            {
                var (column, row) = (i / targetRow, i % targetRow);
                Assert.Equal(row < rows ? (row * sourceRow) + column : -1, target[i]);
            }
        }
    }
}
