using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmFloatTests
{
    [Fact]
    public void PartsReadAndWriteOnlyTheirNumbers() => GemmLevels.Float32(new Parts());

    [Fact]
    public void SumsAddAllLanes() => GemmLevels.Float32(new Sums());

    [Fact]
    public void FloorLetsNaNThrough() => GemmLevels.Float32(new Floor());

    private sealed class Parts : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            var from = stackalloc float[32];
            var to = stackalloc float[32];
            for (var count = 0; count <= S.Width + 2; count++)
            {
                for (var i = 0; i < 32; i++)
                {
                    (from[i], to[i]) = (i + 1, -1);
                }

                S.Store(to, S.LoadPart(from, count));
                for (var i = 0; i < 32; i++)
                {
                    Assert.Equal(i < S.Width ? i < count ? i + 1 : 0 : -1, to[i]);
                    to[i] = -1;
                }

                S.StorePart(to, S.Load(from), count);
                for (var i = 0; i < 32; i++)
                {
                    Assert.Equal(i < Math.Min(count, S.Width) ? i + 1 : -1, to[i]);
                }
            }
        }
    }

    private sealed class Sums : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            var from = stackalloc float[4 * S.Width];
            for (var i = 0; i < 4 * S.Width; i++)
            {
                from[i] = i * i;
            }

            var to = stackalloc float[4];
            var (a, b) = (S.Load(from), S.Load(from + S.Width));
            var (c, d) = (S.Load(from + (2 * S.Width)), S.Load(from + (3 * S.Width)));
            S.Sums(to, a, b, c, d);
            for (var v = 0; v < 4; v++)
            {
                float expected = 0;
                for (var i = v * S.Width; i < (v + 1) * S.Width; i++)
                {
                    expected += i * i;
                }

                Assert.Equal(expected, to[v]);
                Assert.Equal(expected, S.Sum(S.Load(from + (v * S.Width))));
            }
        }
    }

    private sealed class Floor : GemmLevels.IUse<float>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, float>
            where V : unmanaged
        {
            var to = stackalloc float[S.Width];
            foreach (var x in new[] { float.NaN, float.NegativeInfinity, -1, 0, 2 })
            {
                S.Store(to, S.Floor(S.Broadcast(x), default));
                Assert.Equal(float.IsNaN(x) ? float.NaN : Math.Max(x, 0), to[0]);
            }
        }
    }
}
