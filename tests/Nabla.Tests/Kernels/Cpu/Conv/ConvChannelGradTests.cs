using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvChannelGradTests
{
    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    public void EveryRegisterWidthComputesTheDefinition(Conv2dShape shape)
    {
        if (shape.N * shape.OutH * shape.OutW == 0)
        {
            return;
        }

        var sample = new Conv2dCase(shape, seed: 4);
        var expected = sample.Reference().Gw;
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (!ConvVectors.IsSupported<V>())
            {
                return;
            }

            var actual = new float[expected.Length];
            fixed (float* x = sample.X, gy = sample.Gy, gw = actual)
            {
                ConvChannelGrad<V>.Run(ConvPlan.Forward(in shape), shape.N, x, gy, gw);
            }

            Conv2dCase.AssertClose(expected, actual, $"gw, {V.Count} lanes");
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(16, false)]
    [InlineData(24, false)]
    [InlineData(28, true)]
    [InlineData(32, true)]
    [InlineData(64, true)]
    public void ItSuitsChannelsThatFillRegisters(int channels, bool suits) =>
        Assert.Equal(suits, ConvChannelGrad<ConvVector512>.Suits(
            ConvPlan.Forward(new(1, channels, 9, 9, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1))));
}
