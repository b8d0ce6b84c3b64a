using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvBatchTests
{
    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    public void EveryRegisterWidthComputesTheDefinition(Conv2dShape shape)
    {
        if (shape.Groups > 1 || shape.N * shape.OutH * shape.OutW == 0)
        {
            return;
        }

        var sample = new Conv2dCase(shape, seed: 3);
        var (y, gx, _, _) = sample.Reference();
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (!ConvVectors.IsSupported<V>())
            {
                return;
            }

            var (toY, toX) = (new float[y.Length], new float[gx.Length]);
            toY.AsSpan().Fill(float.NaN);
            toX.AsSpan().Fill(float.NaN);
            fixed (float* x = sample.X, w = sample.W, bias = sample.Bias, gy = sample.Gy)
            fixed (float* py = toY, px = toX)
            {
                var plan = ConvPlan.Forward(in shape);
                ConvBatch<V>.Run(in plan, shape.N, x, w, py, new() { Bias = bias });
                ConvBatch<V>.Run(ConvPlan.Backward(in shape), shape.N, gy, w, px, default);
            }

            Conv2dCase.AssertClose(y, toY, $"y, {V.Count} lanes");
            Conv2dCase.AssertClose(gx, toX, $"gx, {V.Count} lanes");
        }
    }

    [Fact]
    public void ResidualAndActivationFollowTheSum()
    {
        var sample = new Conv2dCase(new(9, 16, 7, 7, 20, 3, 3, 2, 2, 1, 1, 1, 1, 1));
        var plain = sample.Forward();
        var residual = new Conv2dCase(sample.Shape, seed: 8).Gy;
        var actual = new float[plain.Length];
        fixed (float* x = sample.X, w = sample.W, bias = sample.Bias, r = residual, y = actual)
        {
            var epilogue = new ConvEpilogue
            {
                Bias = bias,
                Residual = r,
                Activation = ConvActivation.Clamp,
                Min = 0,
                Max = 6,
            };
            var plan = ConvPlan.Forward(sample.Shape);
            ConvBatch<ConvVector128>.Run(in plan, sample.Shape.N, x, w, y, in epilogue);
        }

        for (var i = 0; i < plain.Length; i++)
        {
            Assert.Equal(Math.Clamp(plain[i] + residual[i], 0, 6), actual[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(6, 12, 12, 1, true)]
    [InlineData(5, 64, 64, 1, false)]
    [InlineData(32, 3, 64, 1, false)]
    [InlineData(32, 64, 6, 1, false)]
    [InlineData(32, 64, 64, 2, false)]
    public void ItSuitsManyImagesOfManyChannels(
        int images, int channels, int rows, int groups, bool suits)
    {
        var shape = new Conv2dShape(images, channels, 9, 9, rows, 3, 3, 2, 2, 1, 1, 1, 1, groups);
        Assert.Equal(
            suits, ConvBatch<ConvVector512>.Suits(ConvPlan.Forward(in shape), shape.N));
    }
}
