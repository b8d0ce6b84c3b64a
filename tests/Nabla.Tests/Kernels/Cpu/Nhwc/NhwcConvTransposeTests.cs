using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class NhwcConvTransposeTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    /// <summary>Sizes of the convolutions that are transposed: C is the output's.</summary>
    public static TheoryData<Conv2dShape> More => new(
        //   N   C   H   W   K  R  S  stride  pad  dilation groups
        new(2, 48, 14, 12, 16, 4, 4, 2, 2, 1, 1, 1, 1, 1),
        new(1, 33, 8, 9, 40, 4, 4, 2, 2, 1, 1, 1, 1, 1),
        new(3, 16, 12, 14, 20, 2, 2, 2, 2, 0, 0, 1, 1, 1),
        new(2, 17, 15, 13, 8, 3, 3, 2, 2, 1, 1, 1, 1, 1),
        new(1, 17, 16, 14, 8, 3, 3, 2, 2, 1, 1, 1, 1, 1),
        new(1, 5, 29, 30, 7, 5, 3, 3, 2, 2, 1, 1, 1, 1),
        new(1, 5, 31, 30, 7, 2, 3, 3, 1, 0, 2, 1, 1, 1),
        new(2, 9, 20, 23, 10, 3, 4, 2, 3, 1, 2, 2, 2, 1),
        new(2, 9, 20, 23, 10, 3, 3, 3, 2, 1, 2, 2, 3, 1),
        new(1, 6, 17, 15, 8, 3, 3, 2, 2, 5, 6, 2, 3, 1),
        new(2, 24, 13, 14, 36, 3, 3, 2, 2, 1, 1, 1, 1, 3),
        new(2, 40, 13, 14, 40, 3, 3, 2, 2, 1, 1, 1, 1, 40),
        new(1, 18, 12, 17, 18, 4, 4, 2, 2, 1, 1, 1, 1, 18),
        new(2, 40, 9, 14, 40, 4, 3, 2, 3, 2, 1, 2, 1, 40),
        new(1, 35, 9, 14, 35, 3, 3, 1, 1, 1, 1, 1, 1, 35),
        new(2, 20, 9, 11, 24, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(2, 32, 18, 17, 32, 3, 3, 1, 1, 0, 2, 1, 1, 1),
        new(1, 20, 4, 5, 24, 3, 2, 1, 1, 3, 2, 1, 1, 1),
        new(2, 12, 9, 11, 8, 3, 3, 1, 1, 2, 1, 2, 2, 2),
        new(3, 20, 4, 4, 70, 4, 4, 1, 1, 0, 0, 1, 1, 1),
        new(3, 20, 5, 6, 30, 6, 5, 2, 2, 1, 0, 1, 1, 1),
        new(2, 8, 7, 7, 6, 3, 3, 2, 2, 0, 0, 3, 3, 1),
        new(2, 8, 4, 4, 6, 3, 3, 2, 2, 0, 0, 1, 1, 2),
        new(1, 16, 3, 2, 4, 1, 1, 3, 3, 0, 0, 1, 1, 1),
        new(1, 130, 8, 8, 1024, 4, 4, 2, 2, 1, 1, 1, 1, 1),
        new(16, 70, 8, 8, 96, 4, 4, 2, 2, 1, 1, 1, 1, 1),
        new(2, 3, 64, 62, 24, 4, 4, 2, 2, 1, 1, 1, 1, 1),
        new(1, 4, 40, 40, 4, 16, 16, 8, 8, 4, 4, 1, 1, 1));

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    [MemberData(nameof(More))]
    public void EveryRegisterWidthComputesTheDefinition(Conv2dShape shape)
    {
        Check<F32x4>(shape);
        Check<F32x8>(shape);
        Check<F32x16>(shape);
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
            var packed = new float[NhwcConvTranspose.PackedSize(in shape)];
            fixed (float* x = sample.Gy, w = sample.W, bias = sample.InputBias, p = packed)
            {
                NhwcConvTranspose.Pack(in shape, w, bias, p);
                var (source, weights) = ((nint)x, (nint)p);
                return NhwcCase.Guarded(sample.X.Length, y => NhwcConvTranspose.Forward(
                    in shape, (float*)source, (float*)weights, y, default));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void ANotANumberStaysWhereItsTapsReach(int groups)
    {
        var sample = new Conv2dCase(new(1, 16, 8, 8, 16, 4, 4, 2, 2, 1, 1, 1, 1, groups));
        sample.Gy[0] = float.NaN;
        var clamp = new ConvEpilogue { Activation = ConvActivation.Clamp, Max = 9 };
        var y = Forward<F32x4>(sample, true, clamp, null);
        for (var i = 0; i < y.Length; i++)
        {
            var (pixel, channel) = (i / 16, i % 16);
            Assert.Equal(
                pixel / 8 < 3 && pixel % 8 < 3 && (groups == 1 || channel == 0),
                float.IsNaN(y[i]));
        }
    }

    [Fact]
    public void NoImagesAreNoWork()
    {
        var shape = new Conv2dShape(0, 8, 8, 8, 8, 4, 4, 2, 2, 1, 1, 1, 1, 1);
        Assert.Empty(Forward<F32x4>(new Conv2dCase(shape), true, default, null));
    }

    private static void Check<V>(Conv2dShape s) where V : unmanaged, IF32Lanes<V>
    {
        if (!NhwcCase.IsSupported<V>())
        {
            return;
        }

        var sample = new Conv2dCase(s);
        var residual = NhwcCase.Last(sample.X, s.N, s.C);
        var gradient = sample.Reference().Gx;
        foreach (var hasBias in new[] { true, false })
        {
            var expected = NhwcCase.Last(
                hasBias ? sample.WithInputBias(gradient) : gradient, s.N, s.C);
            var plain = Forward<V>(sample, hasBias, default, null);
            Conv2dCase.AssertClose(expected, plain, $"y, {V.Count} lanes");
            var clamp = new ConvEpilogue { Activation = ConvActivation.Clamp, Max = 9 };
            var fused = Forward<V>(sample, hasBias, clamp, residual);
            for (var i = 0; i < expected.Length; i++)
            {
                expected[i] = Math.Clamp(expected[i] + residual[i], 0, 9);
            }

            Conv2dCase.AssertClose(expected, fused, "y with a residual and limits");
        }
    }

    private static float[] Forward<V>(
        Conv2dCase sample, bool hasBias, ConvEpilogue epilogue, float[]? residual)
        where V : unmanaged, IF32Lanes<V>
    {
        var s = sample.Shape;
        var packed = new float[NhwcConvTranspose.Size<V>(in s)];
        var x = NhwcCase.Last(sample.Gy, s.N, s.K);
        fixed (float* from = x, w = sample.W, bias = sample.InputBias, p = packed, r = residual)
        {
            NhwcConvTranspose.Pack<V>(in s, w, hasBias ? bias : null, p);
            var (source, weights) = ((nint)from, (nint)p);
            epilogue = new ConvEpilogue
            {
                Residual = r,
                Activation = epilogue.Activation,
                Min = epilogue.Min,
                Max = epilogue.Max,
            };
            return NhwcCase.Guarded(sample.X.Length, y => NhwcConvTranspose.Forward<V>(
                in s, (float*)source, (float*)weights, y, in epilogue));
        }
    }
}
