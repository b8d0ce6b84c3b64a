using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class WinogradTransposedTests
{
    public static TheoryData<Conv2dShape> Shapes => new(
        Shape(1, 16, 16, 16, 16),
        Shape(2, 17, 14, 18, 19),
        Shape(9, 64, 8, 8, 40),
        Shape(1, 24, 2, 130, 16),
        Shape(3, 33, 2, 2, 70),
        Shape(5, 130, 20, 20, 36));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ItIsTheGradientForTheInputWithAnEpilogue(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 5);
        var expected = sample.Reference().Gx;
        var random = new Random(6);
        var bias = new float[shape.C];
        var residual = new float[expected.Length];
        foreach (ref var number in bias.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }
        foreach (ref var number in residual.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }

        var plane = shape.H * shape.W;
        var ended = expected.Select((x, i) => Math.Max(
            0, x + bias[i / plane % shape.C] + residual[i])).ToArray();
        fixed (float* b = bias, r = residual)
        {
            WinogradCases.AssertClose(expected, Run(default), "gx");
            WinogradCases.AssertClose(
                ended,
                Run(new ConvEpilogue
                {
                    Bias = b,
                    Residual = r,
                    Activation = ConvActivation.Clamp,
                    Max = float.PositiveInfinity,
                }),
                "y");
        }

        float[] Run(ConvEpilogue epilogue)
        {
            var actual = new float[expected.Length];
            actual.AsSpan().Fill(float.NaN);
            fixed (float* gy = sample.Gy, w = sample.W, gx = actual)
            {
                WinogradTransposed.Run(gy, w, gx, shape, epilogue);
            }
            return actual;
        }
    }

    private static Conv2dShape Shape(int n, int c, int h, int w, int k) =>
        new(n, c, h, w, k, 4, 4, 2, 2, 1, 1, 1, 1, 1);
}
