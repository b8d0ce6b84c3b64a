using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class DepthwiseWeightGradTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    public static TheoryData<Conv2dShape> Shapes => DepthwiseCases.Shapes;

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ItIsTheDefinition(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 7);
        var gw = sample.Reference().Gw;
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (ConvVectors.IsSupported<V>())
            {
                Conv2dCase.AssertClose(gw, Weights<V>(sample), $"gw, {V.Count} lanes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ThreadsDoNotChangeABit(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 8);
        WorkerTeam.Threads = 1;
        var one = Weights<ConvVector128>(sample);
        WorkerTeam.Threads = 3;
        Assert.True(
            Conv2dCase.Bits(one).SequenceEqual(Conv2dCase.Bits(Weights<ConvVector128>(sample))));
    }

    private static float[] Weights<V>(Conv2dCase sample) where V : unmanaged, IConvVector<V>
    {
        var target = new float[sample.W.Length];
        target.AsSpan().Fill(float.NaN);
        fixed (float* x = sample.X, gy = sample.Gy, gw = target)
        {
            DepthwiseWeightGrad<V>.Run(
                ConvPlan.Forward(sample.Shape), sample.Shape.N, x, gy, gw);
        }

        return target;
    }
}
