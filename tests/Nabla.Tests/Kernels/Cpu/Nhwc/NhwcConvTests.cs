using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class NhwcConvTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    public static TheoryData<Conv2dShape> More => new(
        //   N   C   H   W   K  R  S  stride  pad  dilation groups
        new(2, 16, 13, 14, 48, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 32, 30, 29, 16, 3, 3, 1, 1, 2, 0, 1, 1, 1),
        new(2, 208, 9, 8, 208, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(2, 3, 30, 29, 70, 7, 7, 2, 2, 3, 3, 1, 1, 1),
        new(3, 20, 14, 7, 33, 3, 3, 2, 1, 1, 1, 1, 1, 1),
        new(2, 16, 7, 7, 40, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 16, 9, 7, 17, 3, 3, 1, 1, 0, 1, 1, 1, 1),
        new(5, 8, 13, 11, 64, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(1, 1024, 4, 5, 3, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(1, 512, 5, 9, 5, 1, 1, 2, 2, 0, 0, 1, 1, 1),
        new(2, 40, 17, 15, 40, 3, 3, 1, 1, 1, 1, 1, 1, 40),
        new(1, 32, 8, 70, 32, 3, 3, 2, 2, 1, 1, 1, 1, 32),
        new(1, 19, 3, 2, 19, 3, 3, 2, 2, 1, 1, 1, 1, 19),
        new(2, 24, 9, 9, 24, 5, 5, 1, 1, 2, 2, 1, 1, 24),
        new(2, 17, 9, 9, 17, 3, 3, 1, 1, 2, 2, 2, 2, 17),
        new(1, 16, 1, 1, 16, 3, 3, 1, 1, 1, 1, 1, 1, 16),
        new(1, 6, 50, 40, 18, 3, 3, 1, 1, 1, 1, 1, 1, 2),
        new(2, 1024, 7, 7, 130, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(3, 130, 9, 14, 70, 1, 1, 2, 3, 0, 0, 1, 1, 1),
        new(1, 72, 15, 15, 200, 3, 3, 2, 2, 1, 1, 1, 1, 1),
        new(1, 40, 7, 7, 300, 3, 3, 1, 1, 1, 1, 1, 1, 1));

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    [MemberData(nameof(More))]
    public void EveryRegisterWidthComputesTheDefinition(Conv2dShape shape)
    {
        NhwcCase.Check<F32x4>(shape);
        NhwcCase.Check<F32x8>(shape);
        NhwcCase.Check<F32x16>(shape);
    }

    [Theory]
    [MemberData(nameof(More))]
    public void ThreadsDoNotChangeABit(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        WorkerTeam.Threads = 1;
        var expected = Run();
        foreach (var threads in new[] { 2, 3, 5, 64 })
        {
            WorkerTeam.Threads = threads;
            Assert.Equal(expected, Run());
        }

        float[] Run()
        {
            var packed = new float[NhwcConv.PackedSize(in shape)];
            fixed (float* x = sample.X, w = sample.W, bias = sample.Bias, p = packed)
            {
                NhwcConv.Pack(in shape, w, bias, p);
                var (source, weights) = ((nint)x, (nint)p);
                return NhwcCase.Guarded(sample.Gy.Length, y => NhwcConv.Forward(
                    in shape, false, (float*)source, (float*)weights, y, default));
            }
        }
    }

    [Fact]
    public void ANotANumberStaysWhereItsTapsReach()
    {
        foreach (var groups in new[] { 1, 16 })
        {
            var sample = new Conv2dCase(new(1, 16, 8, 8, 16, 3, 3, 1, 1, 1, 1, 1, 1, groups));
            sample.X[0] = float.NaN;
            var x = NhwcCase.Last(sample.X, 1, 16);
            var clamp = new ConvEpilogue { Activation = ConvActivation.Clamp, Max = 9 };
            var y = NhwcCase.Forward<F32x4>(sample.Shape, false, x, sample, true, clamp, null);
            for (var i = 0; i < y.Length; i++)
            {
                var (pixel, channel) = (i / 16, i % 16);
                Assert.Equal(
                    pixel / 8 < 2 && pixel % 8 < 2 && (groups == 1 || channel == 0),
                    float.IsNaN(y[i]));
            }
        }
    }
}
