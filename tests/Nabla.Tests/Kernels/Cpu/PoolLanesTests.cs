using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class PoolLanesTests
{
    [Fact]
    public void EightWindowsDoWhatOneWouldDo() => Check<PoolLanes8>();

    [Fact]
    public void FourWindowsDoWhatOneWouldDo() => Check<PoolLanes4>();

    private static void Check<V>()
        where V : unmanaged, IPoolLanes<V>
    {
        var n = V.Count;
        var x = Enumerable.Range(1, (2 * n) - 1).Select(i => (float)i).ToArray();
        fixed (float* p = x)
        {
            Assert.Equal(x[..n], Values(V.Load(p, 1)));
            Assert.Equal(x.Where((_, i) => i % 2 == 0), Values(V.Load(p, 2)));
            Keeps<V>(p, n);
        }
    }

    private static void Keeps<V>(float* x, int n)
        where V : unmanaged, IPoolLanes<V>
    {
        // The lanes are 1, 2, 3, …: only those above 2 beat the two that came before.
        var best = V.Const(float.NegativeInfinity);
        var places = V.Place(7);
        V.Keep(V.Const(2), 10, ref best, ref places);
        V.Keep(V.Load(x, 1), 20, ref best, ref places);
        Assert.Equal(Enumerable.Range(1, n).Select(i => Math.Max(2f, i)), Values(best));
        var index = new long[n];
        fixed (long* p = index)
        {
            V.StorePlaces(places, 100, 2, p);
        }

        Assert.Equal(
            Enumerable.Range(0, n).Select(i => (i < 2 ? 10L : 20L) + 100 + (2 * i)), index);

        V.Keep(V.Const(float.NaN), 30, ref best, ref places);
        V.Keep(V.Const(float.PositiveInfinity), 40, ref best, ref places);
        Assert.All(Values(best), value => Assert.True(float.IsNaN(value)));
    }

    private static float[] Values<V>(V lanes)
        where V : unmanaged, IPoolLanes<V>
    {
        var values = new float[V.Count];
        fixed (float* p = values)
        {
            V.Store(lanes, p);
        }

        return values;
    }
}
