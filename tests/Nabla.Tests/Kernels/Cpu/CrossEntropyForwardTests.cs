using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class CrossEntropyForwardTests
{
    [Fact]
    public void EqualLogitsLoseTheLogarithmOfTheClassesAtAnyWidth()
    {
        var x = new float[2 * 10 * 20];
        var target = KernelData.Indices(2 * 20, 10);
        var loss = new float[target.Length];
        var saved = new float[2 * target.Length];
        fixed (float* px = x, pl = loss, ps = saved)
        fixed (long* pt = target)
        {
            var batch = CrossEntropyBatch.Of<float>(px, pt, null, ps, 2, 10, 20, new());
            new CrossEntropyForward(batch, (byte*)pl).Run<F32x4>();
            Assert.All(loss, value => Assert.Equal(Math.Log(10), value, 1e-6));
            batch = CrossEntropyBatch.Of<float>(px, pt, null, ps, 40, 10, 1, new());
            new CrossEntropyForward(batch, (byte*)pl).Run<F32x4>();
            Assert.All(loss, value => Assert.Equal(Math.Log(10), value, 1e-6));
        }
    }
}
