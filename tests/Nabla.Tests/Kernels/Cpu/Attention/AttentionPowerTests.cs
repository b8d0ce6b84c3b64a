using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Attention;

public unsafe class AttentionPowerTests
{
    [Fact]
    public void Powers_of_2_are_within_1_ulp()
    {
        var x = new float[1 << 16];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = -125 + (i * (252f / x.Length));
        }
        var y = Powers(x);
        for (var i = 0; i < x.Length; i++)
        {
            var expected = Math.Pow(2, x[i]);
            Assert.Equal(expected, y[i], MathF.BitIncrement((float)expected) - (float)expected);
        }
    }

    [Fact]
    public void What_is_hidden_weighs_nothing_and_NaN_stays()
    {
        var y = Powers([.. Enumerable.Repeat(float.NegativeInfinity, 15), float.NaN,
            .. Enumerable.Repeat(-1e30f, 16)]);
        Assert.Equal(float.NaN, y[15]);
        y[15] = 0;
        Assert.Equal(new float[32], y);
    }

    private static float[] Powers(float[] x)
    {
        var y = new float[x.Length];
        fixed (float* from = x, to = y)
        {
            LaneWork.Run<float, Work>(new(from, to, x.Length));
        }
        return y;
    }

    private readonly struct Work(float* x, float* y, int n) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            for (var i = 0; i < n; i += V.Count)
            {
                V.Store(AttentionPower<V>.Of(V.Load(x + i)), y + i);
            }
        }
    }
}
