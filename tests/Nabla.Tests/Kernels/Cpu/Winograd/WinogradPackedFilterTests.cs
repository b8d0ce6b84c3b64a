using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class WinogradPackedFilterTests
{
    [Fact]
    public void PackedWeightsComeToTheSamePointsAsPlainOnes()
    {
        var s = new Conv2dShape(1, 5, 8, 8, 11, 3, 3, 1, 1, 1, 1, 1, 1, 1);
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
                plain.Transform<ConvVector128, WinogradForm4>(panel, 1, 4, e, point);
                other.Transform<ConvVector128, WinogradForm4>(panel, 1, 4, a, point);
                Assert.Equal(expected, actual);
            }
        }

        static WinogradFilter Filter(float* weights, float* packed) => new()
        {
            Weights = weights,
            Packed = packed,
            Rows = 11,
            Channels = 5,
            RowStep = 45,
            ChannelStep = 9,
            Turned = false,
        };
    }
}
