using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvEpilogueTests
{
    public static TheoryData<int> Counts => new(0, 1, 3, 4, 5, 8, 15, 16, 17, 33, 64);

    [Theory]
    [MemberData(nameof(Counts))]
    public void EveryRegisterWidthAddsAndClamps(int count)
    {
        Check<F32x4>();
        if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
        {
            Check<F32x8>();
        }
        if (System.Runtime.Intrinsics.X86.Avx512F.IsSupported)
        {
            Check<F32x16>();
        }

        void Check<V>() where V : unmanaged, IF32Lanes<V>
        {
            var y = new float[count + 1];
            var residual = new float[count + 1];
            for (var i = 0; i <= count; i++)
            {
                (y[i], residual[i]) = (i - 4, i % 3);
            }
            fixed (float* py = y, pr = residual)
            {
                var epilogue = new ConvEpilogue
                {
                    Activation = ConvActivation.Clamp,
                    Min = 0,
                    Max = 6,
                };
                epilogue.Finish<V>(py, pr, count);
            }
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(Math.Clamp(i - 4 + (i % 3), 0, 6), y[i]);
            }
            Assert.Equal(count - 4, y[count]);
        }
    }

    [Fact]
    public void ClampKeepsANotANumber()
    {
        float[] y = [float.NaN, -1, 7, float.PositiveInfinity];
        fixed (float* p = y)
        {
            new ConvEpilogue { Activation = ConvActivation.Clamp, Max = 6 }.Finish(p, 0, 4);
        }
        Assert.Equal([float.NaN, 0, 6, 6], y);
    }

    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    public void AConvolutionEndsWithIt(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 4);
        var expected = sample.Reference().Y;
        var y = new float[expected.Length];
        for (var i = 0; i < y.Length; i++)
        {
            expected[i] = Math.Clamp(expected[i] + sample.Gy[i], 0, 9);
        }
        fixed (float* x = sample.X, w = sample.W, bias = sample.Bias, residual = sample.Gy)
        fixed (float* to = y)
        {
            Conv2dKernels.Forward(x, w, to, shape, new ConvEpilogue
            {
                Bias = bias,
                Residual = residual,
                Activation = ConvActivation.Clamp,
                Max = 9,
            });
        }
        Conv2dCase.AssertClose(expected, y, "y");
    }
}
