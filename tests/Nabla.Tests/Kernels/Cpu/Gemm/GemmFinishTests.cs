using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmFinishTests
{
    [Fact]
    public void EachStepOfTheEpilogueIsAppliedAtEveryLevel() => GemmLevels.Float32(new Use());

    [Fact]
    public void ResidualMaskAndSumsAreAppliedAtEveryLevel() => GemmLevels.Float32(new UseWide());

    [Fact]
    public void AWholeTileEndsAsOneThatIsNotAtEveryLevel() => GemmLevels.Float32(new UseTile());

    [Theory]
    [InlineData(3, 40)]
    [InlineData(1, 1)]
    public void WithoutProductLeavesBiasesAndTheOldC(int m, int n)
    {
        var product = new GemmCase<float>(m, n, 0);
        product.Check(Layout.Rows, Layout.Rows);
        product.Check(Layout.Rows, Layout.Rows, accumulate: true);
        product.Check(Layout.Rows, Layout.Rows, accumulate: true, biases: true, relu: true);
    }

    private sealed class UseTile : GemmLevels.IUse<float>
    {
        private const int Rows = 5;
        private const int Stride = 40;

        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            for (var what = 0; what < 64; what++)
            {
                Assert.Equal(Tile<S, V, N2>(what, false), Tile<S, V, N2>(what, true));
                Assert.Equal(Tile<S, V, N1>(what, false), Tile<S, V, N1>(what, true));
            }
        }

        /// <summary>C and the columns' sums; each bit of what to do is one step.</summary>
        private static float[] Tile<S, V, C>(int what, bool whole)
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
            where C : struct, IGemmConst
        {
            var numbers = new float[5][];
            var random = new Random(3);
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = new float[(Rows + 1) * Stride];
                foreach (ref var x in numbers[i].AsSpan())
                {
                    x = random.NextSingle() - 0.5f;
                }
            }

            numbers[0][3] = float.NaN;
            fixed (float* spill = numbers[0], c = numbers[1], residual = numbers[2],
                bias = numbers[3], mask = numbers[4])
            {
                var args = new GemmTileArgs<float>
                {
                    Spill = spill,
                    C = c,
                    Ldc = Stride,
                    Columns = C.Value * S.Width,
                    IsWhole = whole,
                    Accumulate = (what & 3) != 0,
                    Residual = (what & 2) != 0 ? residual : null,
                    ColumnBias = (what & 4) != 0 ? bias : null,
                    Relu = (what & 8) != 0,
                    Mask = (what & 16) != 0 ? mask : null,
                    ColumnSums = (what & 32) != 0 ? c + (Rows * Stride) : null,
                };
                GemmFinish.Tile<S, V, float, C>(Rows, &args);
            }

            return numbers[1];
        }
    }

    private sealed class Use : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            const int Columns = 21;
            const int Stride = 48;
            var from = new float[2 * Stride];
            var to = new float[2 * Stride];
            var bias = new float[Columns];
            float[] rowBias = [-100, 100];
            for (var j = 0; j < Columns; j++)
            {
                (from[j], from[Stride + j]) = (j, 2 * j);
                (to[j], to[Stride + j]) = (10, 20);
                bias[j] = 5 * j;
            }

            fixed (float* source = from, target = to, column = bias, row = rowBias)
            {
                var args = new GemmTileArgs<float>
                {
                    C = target,
                    Ldc = Stride,
                    Accumulate = true,
                    Relu = true,
                    ColumnBias = column,
                    RowBias = row,
                };
                GemmFinish.Run<S, V, float>(2, Columns, source, Stride, &args);
            }

            for (var j = 0; j < Stride; j++)
            {
                Assert.Equal(j < Columns ? Math.Max(0, (6 * j) - 90) : 0, to[j]);
                Assert.Equal(j < Columns ? (7 * j) + 120 : 0, to[Stride + j]);
            }
        }
    }

    private sealed class UseWide : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            const int Columns = 37;
            const int Stride = 64;
            var from = new float[2 * Stride];
            var to = new float[2 * Stride];
            var residual = new float[2 * Stride];
            var mask = new float[2 * Stride];
            var sums = new float[Stride];
            for (var j = 0; j < Columns; j++)
            {
                (from[j], from[Stride + j]) = (j, 2 * j);
                (residual[j], residual[Stride + j]) = (100, 200);
                (mask[j], mask[Stride + j]) = (j % 2, j % 3 == 0 ? float.NaN : 1);
                sums[j] = 1000;
            }

            fixed (float* source = from, target = to, r = residual, m = mask, s = sums)
            {
                var args = new GemmTileArgs<float>
                {
                    C = target,
                    Ldc = Stride,
                    Accumulate = true,
                    Residual = r,
                    Mask = m,
                    ColumnSums = s,
                };
                GemmFinish.Run<S, V, float>(2, Columns, source, Stride, &args);
            }

            for (var j = 0; j < Stride; j++)
            {
                var first = j < Columns && j % 2 == 1 ? j + 100 : 0;
                var second = j < Columns && j % 3 != 0 ? (2 * j) + 200 : 0;
                Assert.Equal(first, to[j]);
                Assert.Equal(second, to[Stride + j]);
                Assert.Equal(j < Columns ? 1000 + first + second : 0, sums[j]);
            }
        }
    }
}
