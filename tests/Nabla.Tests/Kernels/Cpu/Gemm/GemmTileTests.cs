using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmTileTests
{
    [Fact]
    public void EveryTileShapeIsRightAtEveryLevel() => GemmLevels.Float32(new Use());

    private sealed class Use : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            for (var rows = 1; rows <= S.MaxRows; rows++)
            {
                foreach (var columnMajor in new[] { false, true })
                {
                    for (var columns = 1; columns <= 2 * S.Width; columns++)
                    {
                        Check<S, V>(rows, columns, columnMajor, accumulate: columns % 2 == 0);
                    }

                    for (var way = 0; way < 6; way++)
                    {
                        Ends<S, V>(rows, (1 + (way % 2)) * S.Width, columnMajor, way / 2);
                    }
                }
            }
        }

        private static void Check<S, V>(int rows, int columns, bool columnMajor, bool accumulate)
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            const int K = 9;
            const int Stride = 40;
            var a = Numbers(Stride * Stride, 1);
            var b = Numbers(K * Stride, 2);
            var c = Numbers(14 * Stride, 3);
            var before = (float[])c.Clone();
            var registers = columns > S.Width ? 2 : 1;
            fixed (float* pa = a, pb = b, pc = c)
            {
                var spill = stackalloc float[14 * 32];
                var args = new GemmTileArgs<float>
                {
                    Spill = spill,
                    C = pc,
                    Ldc = Stride,
                    Columns = columns,
                    Accumulate = accumulate,
                    Plain = columns == registers * S.Width,
                };
                GemmTiles<S, V, float>.Get(rows, registers, columnMajor)(
                    K, pa, Stride, pb, Stride, pc, Stride, &args);
            }

            for (var i = 0; i < 14; i++)
            {
                for (var j = 0; j < Stride; j++)
                {
                    var expected = before[(i * Stride) + j];
                    if (i < rows && j < columns)
                    {
                        expected = accumulate ? expected : 0;
                        for (var k = 0; k < K; k++)
                        {
                            var x = columnMajor ? a[(k * Stride) + i] : a[(i * Stride) + k];
                            expected += x * b[(k * Stride) + j];
                        }
                    }

                    // Small whole numbers: the sums are exact.
                    Assert.Equal(expected, c[(i * Stride) + j]);
                }
            }
        }

        /// <summary>Whole tiles that end with the addition of a bias, a residual or C.</summary>
        private static void Ends<S, V>(int rows, int columns, bool columnMajor, int way)
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            const int K = 9;
            const int Stride = 40;
            float[] a = Numbers(Stride * Stride, 1), b = Numbers(64 * Stride, 2);
            float[] c = Numbers(14 * Stride, 3), other = Numbers(14 * Stride, 4);
            var before = (float[])c.Clone();
            fixed (float* pa = a, pb = b, pc = c, pOther = other)
            {
                var args = new GemmTileArgs<float>
                {
                    ColumnBias = way == 0 ? pOther : null,
                    Residual = way == 1 ? pOther : null,
                    Accumulate = way > 0,
                    Plain = true,
                };
                GemmTiles<S, V, float>.Get(rows, columns / S.Width, columnMajor)(
                    K, pa, Stride, pb, Stride, pc, Stride, &args);
            }

            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var at = (i * Stride) + j;
                    var expected = way == 0 ? other[j] : way == 1 ? other[at] : before[at];
                    for (var k = 0; k < K; k++)
                    {
                        var x = columnMajor ? a[(k * Stride) + i] : a[(i * Stride) + k];
                        expected += x * b[(k * Stride) + j];
                    }

                    Assert.Equal(expected, c[at]);
                }
            }
        }

        private static float[] Numbers(int count, int seed)
        {
            var random = new Random(seed);
            var numbers = new float[count];
            foreach (ref var x in numbers.AsSpan())
            {
                x = random.Next(-9, 10);
            }

            return numbers;
        }
    }
}
