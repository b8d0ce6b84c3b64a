using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class CrossEntropyBackwardTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(20, 2)]
    public void APositionsGradientsCancelOut(int length, int samples)
    {
        var x = KernelData.Numbers<float>(samples * 10 * length);
        var target = KernelData.Indices(samples * length, 10);
        var c = new CrossEntropyCase<float>(
            x, target, null, samples, 10, length, new(-100, 0.1));
        var saved = c.Forward().Saved;
        var gx = new float[x.Length];
        var one = 1f;
        fixed (float* px = x, ps = saved, pg = gx)
        fixed (long* pt = target)
        {
            var batch = CrossEntropyBatch.Of<float>(
                px, pt, null, ps, samples, 10, length, new(-100, 0.1));
            new CrossEntropyBackward(batch, (byte*)&one, true, 2, (byte*)pg).Run<F32x4>();
        }

        for (var p = 0; p < target.Length; p++)
        {
            var places = Enumerable.Range(0, 10)
                .Select(k => (((p / length * 10) + k) * length) + (p % length)).ToArray();
            Assert.Equal(0, places.Sum(at => gx[at]), 1e-6);
            Assert.True(gx[places[target[p]]] < 0);
            Assert.InRange(gx[places[target[p]]], -0.5, 0);
        }
    }
}
