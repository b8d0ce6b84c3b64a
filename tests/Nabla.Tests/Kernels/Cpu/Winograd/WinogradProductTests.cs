using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradProductTests
{
    [Theory]
    [InlineData(1, 5, false)]
    [InlineData(13, 16, false)]
    [InlineData(29, 3, false)]
    [InlineData(15, 7, true)]
    [InlineData(40, 1, true)]
    public void APanelIsTheProduct(int rows, int k, bool columnMajor)
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

            var panel = 2 * V.Count;
            var random = new Random(rows);
            var lda = (columnMajor ? rows : k) + 3;
            var a = Draw((columnMajor ? k : rows) * lda);
            var b = Draw(k * panel);
            var c = Draw(rows * panel);
            var start = c.ToArray();
            fixed (float* pa = a, pb = b, pc = c)
            {
                WinogradProduct.Run<V>(
                    rows, k, pa, lda, pb, panel, pc, panel, accumulate: true, columnMajor);
            }
            Compare(start);
            fixed (float* pa = a, pb = b, pc = c)
            {
                WinogradProduct.Run<V>(
                    rows, k, pa, lda, pb, panel, pc, panel, accumulate: false, columnMajor);
            }
            Compare(new float[c.Length]);

            float[] Draw(int count) =>
                [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

            void Compare(float[] before)
            {
                for (var i = 0; i < c.Length; i++)
                {
                    var (row, column) = (i / panel, i % panel);
                    double sum = before[i];
                    for (var j = 0; j < k; j++)
                    {
                        var x = columnMajor ? a[(j * lda) + row] : a[(row * lda) + j];
                        sum += (double)x * b[(j * panel) + column];
                    }
                    Assert.Equal(sum, c[i], 1e-5);
                }
            }
        }
    }
}
