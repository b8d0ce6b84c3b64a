using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvDoubleTests
{
    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    public void Float64IsTheDefinition(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        var (y, gx, gw, gb) = sample.Reference();
        var x64 = Array.ConvertAll(sample.X, v => (double)v);
        var w64 = Array.ConvertAll(sample.W, v => (double)v);
        var gy64 = Array.ConvertAll(sample.Gy, v => (double)v);
        var bias64 = Array.ConvertAll(sample.Bias, v => (double)v);
        var inputBias64 = Array.ConvertAll(sample.InputBias, v => (double)v);
        var toT = new double[gx.Length];
        var (toY, toX) = (new double[y.Length], new double[gx.Length]);
        var (toW, toB) = (new double[gw.Length], new double[gb.Length]);
        fixed (double* x = x64, w = w64, gradient = gy64, bias = bias64)
        fixed (double* py = toY, px = toX, pw = toW, pb = toB, pt = toT, inputBias = inputBias64)
        {
            Conv2dKernels.Forward(x, w, bias, py, shape);
            Conv2dKernels.BackwardData(gradient, w, px, shape);
            Conv2dKernels.Transposed(gradient, w, inputBias, pt, shape);
            Conv2dKernels.BackwardWeights(x, gradient, pw, shape);
            Conv2dKernels.BackwardBias(gradient, pb, shape);
        }

        Check(y, toY);
        Check(gx, toX);
        Check(sample.WithInputBias(gx), toT);
        Check(gw, toW);
        Check(gb, toB);

        static void Check(double[] expected, double[] actual)
        {
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 1e-10);
            }
        }
    }
}
