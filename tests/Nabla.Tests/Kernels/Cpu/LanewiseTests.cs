using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class LanewiseTests
{
    [Fact]
    public void A_float64_function_reaches_every_lane()
    {
        var x = stackalloc float[] { 0, 1, 4, 9 };
        var y = stackalloc float[] { 2, 2, 0.5f, 0.5f };
        F32x4.Store(Lanewise.Map(F32x4.Load(x), &Math.Sqrt), x);
        Assert.Equal([0, 1, 2, 3], new Span<float>(x, 4).ToArray());
        F32x4.Store(Lanewise.Map(F32x4.Load(x), F32x4.Load(y), &Math.Pow), x);
        Assert.Equal([0, 1, MathF.Sqrt(2), MathF.Sqrt(3)], new Span<float>(x, 4).ToArray());
    }
}
