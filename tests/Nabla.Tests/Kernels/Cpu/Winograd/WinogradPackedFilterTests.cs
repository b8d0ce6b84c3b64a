using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class WinogradPackedFilterTests
{
    [Fact]
    public void PackedWeightsComeToTheSamePointsAsPlainOnes()
    {
        Check<WinogradForm4>();
        Check<WinogradForm2>();
    }

    private static void Check<F>() where F : struct, IWinogradForm
    {
        var s = new Conv2dShape(1, 5, 8, 8, 11, F.Taps, F.Taps, 1, 1, 1, 1, 1, 1, 1);
        var sample = new Conv2dCase(s);
        var weights = NhwcWeights.Of<F32x4>(in s);
        var packed = new float[weights.Size];
        const int point = 5 * 8;
        var (expected, actual) = (new float[36 * point], new float[36 * point]);
        fixed (float* w = sample.W, p = packed, e = expected, a = actual)
        {
            weights.Pack(w, null, p);
            var plain = Filter(w, null);
            var other = Filter(null, p);
            for (var panel = 0; panel < 2; panel++)
            {
                plain.Transform<ConvVector128, F>(panel, 1, 4, e, point);
                other.Transform<ConvVector128, F>(panel, 1, 4, a, point);
                Assert.Equal(expected, actual);
            }
        }

        static WinogradFilter Filter(float* weights, float* packed) => new()
        {
            Weights = weights,
            Packed = packed,
            Rows = 11,
            Channels = 5,
            RowStep = 5 * WinogradForm<F>.Weights,
            ChannelStep = WinogradForm<F>.Weights,
            Turned = false,
        };
    }
}
