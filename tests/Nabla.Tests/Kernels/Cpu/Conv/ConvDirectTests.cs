using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvDirectTests
{
    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    public void EveryRegisterWidthComputesTheDefinition(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 2);
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
            fixed (float* x = sample.X, w = sample.W, bias = sample.Bias, gy = sample.Gy)
            fixed (float* py = toY, px = toX)
            {
                var plan = ConvPlan.Forward(in shape);
                ConvDirect<V>.Run(in plan, shape.N, x, w, py, new() { Bias = bias });
                ConvDirect<V>.Run(ConvPlan.Backward(in shape), shape.N, gy, w, px, default);
            }

            Conv2dCase.AssertClose(y, toY, $"y, {V.Count} lanes");
            Conv2dCase.AssertClose(gx, toX, $"gx, {V.Count} lanes");
        }
    }

    [Fact]
    public void NothingBehindTheTargetIsWritten()
    {
        foreach (var n in new[] { 1, 2, 16, 19, 32 })
        {
            var sample = new Conv2dCase(new(n, 2, 9, 10, 5, 3, 3, 1, 1, 0, 0, 1, 1, 1));
            var target = new float[sample.Gy.Length + 100];
            target.AsSpan().Fill(7);
            fixed (float* x = sample.X, w = sample.W, y = target)
            {
                Conv2dKernels.Forward(x, w, null, y + 50, sample.Shape);
            }

            Assert.All(target[..50], number => Assert.Equal(7, number));
            Assert.All(target[^50..], number => Assert.Equal(7, number));
        }
    }

    [Fact]
    public void ANotANumberStaysWhereItsTapsReach()
    {
        var sample = new Conv2dCase(new(1, 1, 8, 8, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1));
        sample.X[0] = float.NaN;
        var y = sample.Forward();
        for (var i = 0; i < y.Length; i++)
        {
            Assert.Equal(i / 8 < 2 && i % 8 < 2, float.IsNaN(y[i]));
        }
    }
}
