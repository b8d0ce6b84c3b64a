using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvPointwiseTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    public static TheoryData<Conv2dShape> Shapes => new(
        //   N  C   H   W   K   R  S  stride  pad  dilation groups
        new(2, 16, 13, 17, 32, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(1, 1, 8, 8, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(1, 5, 64, 64, 200, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(3, 40, 32, 32, 7, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(1, 300, 20, 16, 180, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(2, 900, 31, 31, 300, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(2, 6, 9, 7, 9, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(0, 3, 8, 8, 4, 1, 1, 1, 1, 0, 0, 1, 1, 1));

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BothDirectionsAreTheDefinition(Conv2dShape shape)
    {
        Assert.True(ConvPointwise.Suits(ConvPlan.Forward(in shape)));
        Assert.True(ConvPointwise.Suits(ConvPlan.Backward(in shape)));
        var sample = new Conv2dCase(shape, seed: 5);
        var (y, gx, _, _) = sample.Reference();
        Conv2dCase.AssertClose(y, Forward(sample, new float[y.Length], null), "y");
        Conv2dCase.AssertClose(gx, Backward(sample, false), "gx");
        Conv2dCase.AssertClose(sample.WithInputBias(gx), Backward(sample, true), "gx and bias");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ThreadsDoNotChangeABit(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 6);
        WorkerTeam.Threads = 1;
        var y = Forward(sample, new float[sample.Gy.Length], null);
        var gx = Backward(sample, true);
        WorkerTeam.Threads = 3;
        Assert.True(Conv2dCase.Bits(y).SequenceEqual(
            Conv2dCase.Bits(Forward(sample, new float[sample.Gy.Length], null))));
        Assert.True(Conv2dCase.Bits(gx).SequenceEqual(Conv2dCase.Bits(Backward(sample, true))));
    }

    [Fact]
    public void ResidualAndActivationFollowTheSum()
    {
        var sample = new Conv2dCase(new(2, 20, 12, 12, 33, 1, 1, 1, 1, 0, 0, 1, 1, 1));
        var plain = Forward(sample, new float[sample.Gy.Length], null);
        var residual = new Conv2dCase(sample.Shape, seed: 8).Gy;
        var actual = Forward(sample, new float[sample.Gy.Length], residual);
        for (var i = 0; i < plain.Length; i++)
        {
            Assert.Equal(Math.Clamp(plain[i] + residual[i], 0, 6), actual[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(1, 1, 0, 1, 8, true)]
    [InlineData(1, 2, 0, 1, 16, false)]
    [InlineData(3, 1, 0, 1, 8, false)]
    [InlineData(1, 1, 1, 1, 8, false)]
    [InlineData(1, 1, 0, 2, 8, false)]
    [InlineData(1, 1, 0, 1, 4, false)]
    [InlineData(1, 1, 0, 1, 0, false)]
    public void ItSuitsOneTapWithoutPaddingOrGroups(
        int taps, int stride, int pad, int groups, int size, bool suits)
    {
        var shape = new Conv2dShape(
            4, 6, size, size, 8, taps, taps, stride, stride, pad, pad, 1, 1, groups);
        Assert.Equal(suits, ConvPointwise.Suits(ConvPlan.Forward(in shape)));
        Assert.Equal(suits, ConvPointwise.Suits(ConvPlan.Backward(in shape)));
    }

    private static float[] Forward(Conv2dCase sample, float[] target, float[]? residual)
    {
        target.AsSpan().Fill(float.NaN);
        fixed (float* x = sample.X, w = sample.W, bias = sample.Bias, r = residual, y = target)
        {
            var epilogue = new ConvEpilogue { Bias = bias };
            if (residual != null)
            {
                epilogue = new ConvEpilogue
                {
                    Bias = bias,
                    Residual = r,
                    Activation = ConvActivation.Clamp,
                    Min = 0,
                    Max = 6,
                };
            }

            ConvPointwise.Run(
                ConvPlan.Forward(sample.Shape), sample.Shape.N, x, w, y, in epilogue);
        }

        return target;
    }

    private static float[] Backward(Conv2dCase sample, bool hasBias)
    {
        var target = new float[sample.X.Length];
        target.AsSpan().Fill(float.NaN);
        fixed (float* gy = sample.Gy, w = sample.W, bias = sample.InputBias, gx = target)
        {
            ConvPointwise.Run(
                ConvPlan.Backward(sample.Shape), sample.Shape.N, gy, w, gx,
                new ConvEpilogue { Bias = hasBias ? bias : null });
        }

        return target;
    }
}
