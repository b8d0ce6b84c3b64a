using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvWeightsTests
{
    [Fact]
    public void EveryWeightIsPackedOnce()
    {
        var shape = new Conv2dShape(1, 10, 9, 9, 86, 3, 2, 2, 3, 1, 1, 1, 1, 2);
        Check<ConvVector128>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            foreach (var plan in new[] { ConvPlan.Forward(in shape), ConvPlan.Backward(in shape) })
            {
                var weights = new float[shape.WeightCount];
                for (var i = 0; i < weights.Length; i++)
                {
                    weights[i] = i;
                }

                var packed = new float[weights.Length];
                fixed (float* from = weights, to = packed)
                {
                    ConvWeights<V>.Pack(in plan, from, to);
                }

                Array.Sort(packed);
                Assert.Equal(weights, packed);
            }
        }
    }
}
