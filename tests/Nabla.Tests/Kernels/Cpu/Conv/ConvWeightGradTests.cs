using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvWeightGradTests
{
    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    public void EveryRegisterWidthComputesTheDefinition(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 3);
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
                ConvWeightGrad<V>.Run(ConvPlan.Forward(in shape), shape.N, x, gy, gw);
            }

            Conv2dCase.AssertClose(expected, actual, $"gw, {V.Count} lanes");
        }
    }

    [Fact]
    public void WithoutImagesTheGradientIsZero()
    {
        var sample = new Conv2dCase(new(0, 3, 9, 9, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1));
        Assert.All(sample.BackwardWeights(), number => Assert.Equal(0, number));
    }
}
