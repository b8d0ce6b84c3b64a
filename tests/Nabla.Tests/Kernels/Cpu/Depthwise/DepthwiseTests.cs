using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class DepthwiseTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    public static TheoryData<Conv2dShape> Shapes => DepthwiseCases.Shapes;

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BothDirectionsAreTheDefinition(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 5);
        var (y, gx, _, _) = sample.Reference();
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (ConvVectors.IsSupported<V>())
            {
                Conv2dCase.AssertClose(y, Forward<V>(sample), $"y, {V.Count} lanes");
                Conv2dCase.AssertClose(
                    sample.WithInputBias(gx), Backward<V>(sample), $"gx, {V.Count} lanes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ThreadsDoNotChangeABit(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 6);
        WorkerTeam.Threads = 1;
        var (y, gx) = (Forward<ConvVector128>(sample), Backward<ConvVector128>(sample));
        WorkerTeam.Threads = 3;
        Assert.True(
            Conv2dCase.Bits(y).SequenceEqual(Conv2dCase.Bits(Forward<ConvVector128>(sample))));
        Assert.True(
            Conv2dCase.Bits(gx).SequenceEqual(Conv2dCase.Bits(Backward<ConvVector128>(sample))));
    }

    [Fact]
    public void ResidualAndActivationFollowTheSum()
    {
        var sample = new Conv2dCase(new(2, 3, 9, 20, 3, 3, 3, 2, 1, 1, 1, 1, 1, 3));
        var plain = Forward<ConvVector128>(sample);
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
            Depthwise<ConvVector128>.Run(
                ConvPlan.Forward(sample.Shape), sample.Shape.N, x, w, y, in epilogue);
        }

        for (var i = 0; i < plain.Length; i++)
        {
            Assert.Equal(Math.Clamp(plain[i] + residual[i], 0, 6), actual[i], 1e-4);
        }
    }

    private static float[] Forward<V>(Conv2dCase sample) where V : unmanaged, IConvVector<V>
    {
        var target = new float[sample.Gy.Length];
        target.AsSpan().Fill(float.NaN);
        fixed (float* x = sample.X, w = sample.W, bias = sample.Bias, y = target)
        {
            Depthwise<V>.Run(
                ConvPlan.Forward(sample.Shape), sample.Shape.N, x, w, y, new() { Bias = bias });
        }

        return target;
    }

    private static float[] Backward<V>(Conv2dCase sample) where V : unmanaged, IConvVector<V>
    {
        var target = new float[sample.X.Length];
        target.AsSpan().Fill(float.NaN);
        fixed (float* gy = sample.Gy, w = sample.W, bias = sample.InputBias, gx = target)
        {
            Depthwise<V>.Run(
                ConvPlan.Backward(sample.Shape), sample.Shape.N, gy, w, gx, new() { Bias = bias });
        }

        return target;
    }
}
