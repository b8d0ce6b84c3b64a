using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class CrossEntropyBatchTests
{
    [Fact]
    public void SharesOfATargetComeFromSmoothingAndWeights()
    {
        float[] weight = [1, 2, 5];
        long[] target = [2, -100];
        fixed (float* pw = weight)
        fixed (long* pt = target)
        {
            var batch = CrossEntropyBatch.Of(null, pt, pw, null, 2, 3, 1, new(-100, 0.3));
            Assert.Equal(8, batch.WeightSum);
            Assert.Equal(0.1, batch.Spread, 1e-12);
            Assert.Equal(3.5, batch.Sharp<F32x4>(0)!.Value, 1e-12);
            Assert.Null(batch.Sharp<F32x4>(1));

            batch = CrossEntropyBatch.Of<float>(null, pt, null, null, 2, 3, 1, new());
            Assert.Equal((3, 0, 1), (batch.WeightSum, batch.Spread, batch.Sharp<F32x4>(0)));
        }
    }
}
