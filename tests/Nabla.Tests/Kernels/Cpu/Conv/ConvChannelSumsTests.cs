using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvChannelSumsTests
{
    [Theory]
    [InlineData(1, 1, 1, 4)]
    [InlineData(3, 5, 9, 30)]
    [InlineData(2, 40, 25, 64)]
    public void WeightsAreTheBlocksSumWithTapsInnermost(
        int blocks, int rows, int taps, int channels)
    {
        var pitch = (channels + 7) & -8;
        var partials = new float[blocks * rows * taps * pitch];
        for (var i = 0; i < partials.Length; i++)
        {
            partials[i] = i % 1000;
        }

        var expected = new float[rows * channels * taps];
        for (var i = 0; i < expected.Length; i++)
        {
            var (t, c, row) = (i % taps, i / taps % channels, i / taps / channels);
            for (var block = 0; block < blocks; block++)
            {
                expected[i] += partials[(((((block * rows) + row) * taps) + t) * pitch) + c];
            }
        }

        var weights = new float[expected.Length];
        fixed (float* from = partials, to = weights)
        {
            ConvChannelSums.Deliver(from, blocks, rows, taps, channels, pitch, to);
        }

        Assert.Equal(expected, weights);
    }
}
