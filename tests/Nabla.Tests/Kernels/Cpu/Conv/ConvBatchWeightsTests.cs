using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvBatchWeightsTests
{
    [Theory]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    public void EveryWeightAndBiasHasItsPlaceAndTheRestIsZero(int r, int s)
    {
        var shape = new Conv2dShape(1, 35, 9, 9, 21, r, s, 2, 2, 1, 1, 1, 1, 1);
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (!ConvVectors.IsSupported<V>())
            {
                return;
            }

            foreach (var plan in new[] { ConvPlan.Forward(in shape), ConvPlan.Backward(in shape) })
            {
                CheckPlan<V>(in plan, r * s);
            }
        }
    }

    private static void CheckPlan<V>(in ConvPlan plan, int taps)
        where V : unmanaged, IConvVector<V>
    {
        var panel = ConvBatch<V>.Panel;
        var weights = new float[plan.Rows * plan.AllTaps];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = i + 1;
        }

        var bias = Enumerable.Range(1, plan.Rows).Select(i => (float)-i).ToArray();
        var packed = new float[ConvBatchWeights<V>.Size(in plan)];
        packed.AsSpan().Fill(float.NaN);
        fixed (float* from = weights, bias0 = bias, to = packed)
        {
            ConvBatchWeights<V>.Pack(in plan, from, bias0, to);
        }

        var whole = (plan.Rows + panel - 1) / panel * panel;
        Assert.Equal(whole * (plan.AllTaps + 1), packed.Length);
        for (var row = 0; row < whole; row++)
        {
            Assert.Equal(
                row < plan.Rows ? bias[row] : 0, packed[(whole * plan.AllTaps) + row]);
            for (var i = 0; i < plan.AllTaps; i++)
            {
                var (tap, channel) = (i / plan.Channels, i % plan.Channels);
                var at = (((row / panel * plan.AllTaps) + i) * panel) + (row % panel);
                var from = (row * plan.WeightRow) + (channel * plan.WeightChannel) + tap;
                Assert.Equal(row < plan.Rows ? weights[from] : 0, packed[at]);
            }
        }

        Assert.Equal(taps, plan.AllTaps / plan.Channels);
    }
}
