using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmTilesTests
{
    [Fact]
    public void KernelsThatAskForMoreComputeTheSameBits() => GemmLevels.Float32(new Use());

    private sealed class Use : GemmLevels.IUse<float>
    {
        private const int K = 33;
        private const int Stride = 48;

        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            for (var rows = 1; rows <= S.MaxRows; rows++)
            {
                for (var way = 0; way < 4; way++)
                {
                    var (registers, columnMajor) = (1 + (way / 2), way % 2 == 1);
                    var plain = Product(
                        GemmTiles<S, V, float>.Get(rows, registers, columnMajor));
                    Assert.Equal(plain, Product(
                        GemmTiles<S, V, float>.GetAsking(rows, registers, columnMajor)));
                    Assert.Equal(plain, Product(
                        GemmTiles<S, V, float>.GetAhead(rows, registers, columnMajor)));
                    Assert.Equal(
                        rows * registers * S.Width, plain.Count(x => !float.IsNaN(x)));
                }
            }
        }

        private static float[] Product(
            delegate*<nint, float*, nint, float*, nint, float*, nint, GemmTileArgs<float>*, void>
                run)
        {
            var random = new Random(1);
            var numbers = new float[2 * Stride * Stride];
            foreach (ref var x in numbers.AsSpan())
            {
                x = random.NextSingle() - 0.5f;
            }

            var c = new float[14 * Stride];
            Array.Fill(c, float.NaN);
            fixed (float* from = numbers, to = c)
            {
                var args = new GemmTileArgs<float>
                {
                    Plain = true,
                    Next = from,
                    NextStep = Stride,
                };
                run(K, from, Stride, from + (Stride * Stride), Stride, to, Stride, &args);
            }

            return c;
        }
    }
}
