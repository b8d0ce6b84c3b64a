using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvBatchGradTests
{
    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    public void EveryRegisterWidthComputesTheDefinition(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 6);
        var expected = sample.Reference().Gw;
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            var plan = ConvPlan.Forward(in shape);
            if (!ConvVectors.IsSupported<V>() || !ConvBatchGrad<V>.Suits(in plan, shape.N))
            {
                return;
            }

            var actual = new float[expected.Length];
            actual.AsSpan().Fill(float.NaN);
            fixed (float* x = sample.X, gy = sample.Gy, gw = actual)
            {
                ConvBatchGrad<V>.Run(in plan, shape.N, x, gy, gw);
            }

            Conv2dCase.AssertClose(expected, actual, $"gw, {V.Count} lanes");
        }
    }

    [Theory]
    [InlineData(8, 12, 12, 9, 1, true)]
    [InlineData(7, 64, 64, 9, 1, false)]
    [InlineData(32, 3, 64, 9, 1, false)]
    [InlineData(32, 64, 6, 9, 1, false)]
    [InlineData(32, 64, 64, 9, 2, false)]
    [InlineData(32, 64, 64, 56, 1, false)]
    public void ItSuitsManySmallImagesOfManyChannels(
        int images, int channels, int rows, int size, int groups, bool suits)
    {
        var shape = new Conv2dShape(
            images, channels, size, size, rows, 3, 3, 2, 2, 1, 1, 1, 1, groups);
        Assert.Equal(
            suits, ConvBatchGrad<ConvVector512>.Suits(ConvPlan.Forward(in shape), shape.N));
    }
}
