using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvPlanTests
{
    private static readonly Conv2dShape s_shape = new(
        2, 4, 9, 7, 6, 3, 2, 2, 1, 1, 0, 1, 2, 2);

    [Fact]
    public void ForwardReadsInputChannelsAndWritesOutputChannels()
    {
        var plan = ConvPlan.Forward(s_shape);
        Assert.Equal((2, 3, 12), (plan.Channels, plan.Rows, plan.AllTaps));
        Assert.Equal((2, 1), (plan.SourcePhases, plan.TargetPhases));
        Assert.Equal((63, s_shape.OutH * s_shape.OutW), (plan.SourceSize, plan.TargetSize));
    }

    [Fact]
    public void BackwardSwapsTheRoles()
    {
        var plan = ConvPlan.Backward(s_shape);
        Assert.Equal((3, 2, 18), (plan.Channels, plan.Rows, plan.AllTaps));
        Assert.Equal((1, 2), (plan.SourcePhases, plan.TargetPhases));
        Assert.Equal((s_shape.OutH * s_shape.OutW, 63), (plan.SourceSize, plan.TargetSize));
    }

    [Fact]
    public void OffsetsWalkRowsThenColumnsThenChannels()
    {
        var plan = ConvPlan.Forward(new(1, 2, 5, 5, 1, 2, 2, 1, 1, 0, 0, 1, 1, 1));
        var offsets = stackalloc nint[8];
        Assert.Equal(8, plan.WriteOffsets(0, 0, 4, offsets));
        nint[] expected = [0, 25, 1, 26, 5, 30, 6, 31];
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(4 * expected[i], offsets[i]);
        }
    }

    [Fact]
    public void PhasesShareTheTapsOutAmongThem()
    {
        var plan = ConvPlan.Backward(s_shape);
        var offsets = stackalloc nint[plan.AllTaps];
        var counts = plan.WriteOffsets(0, 0, 1, offsets) + plan.WriteOffsets(1, 0, 1, offsets);
        Assert.Equal(plan.AllTaps, counts);
    }

    [Fact]
    public void PackedWeightsStandTapByTap()
    {
        var plan = ConvPlan.Forward(s_shape);
        var weights = stackalloc float[(int)s_shape.WeightCount];
        for (var i = 0; i < s_shape.WeightCount; i++)
        {
            weights[i] = i;
        }

        var packed = stackalloc float[24];
        plan.PackWeights(0, 0, group: 1, row: 1, rows: 2, weights, packed);
        // Group 1 holds output channels 3 … 5, each of 2 channels × 3 × 2 weights.
        float[] expected = [48, 60, 54, 66, 49, 61, 55, 67, 50, 62, 56, 68];
        Assert.Equal(expected, new Span<float>(packed, 12).ToArray());
    }
}
