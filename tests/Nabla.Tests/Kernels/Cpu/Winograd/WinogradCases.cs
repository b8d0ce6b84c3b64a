using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Convolutions of 3 × 3 with stride 1, of 5 × 5, and of 4 × 4 with stride 2: all edges of
/// tiles, images and channels.</summary>
internal static unsafe class WinogradCases
{
    public static TheoryData<Conv2dShape> Shapes => new(
        Shape(1, 16, 8, 8, 16, 1, 1),
        Shape(2, 17, 7, 9, 19, 1, 1),
        Shape(3, 33, 5, 6, 16, 0, 0),
        Shape(2, 20, 4, 13, 70, 2, 2),
        Shape(1, 16, 3, 130, 16, 1, 0),
        Shape(9, 64, 7, 7, 40, 1, 1),
        Shape(1, 24, 1, 1, 16, 2, 1),
        Shape(5, 130, 10, 10, 36, 0, 2));

    /// <summary>The same of 5 × 5.</summary>
    public static TheoryData<Conv2dShape> Fives => new(
        Shape(1, 16, 8, 8, 16, 2, 2, 5),
        Shape(2, 17, 7, 9, 19, 2, 2, 5),
        Shape(3, 33, 5, 6, 16, 0, 0, 5),
        Shape(2, 20, 4, 13, 70, 4, 3, 5),
        Shape(1, 16, 5, 130, 16, 1, 0, 5),
        Shape(1, 24, 1, 1, 16, 4, 2, 5),
        Shape(5, 130, 10, 10, 36, 0, 4, 5));

    /// <summary>The same of 4 × 4 with stride 2.</summary>
    public static TheoryData<Conv2dShape> Strided => new(
        Shape(1, 16, 16, 16, 16, 1, 1, 4, 2),
        Shape(2, 17, 14, 18, 19, 1, 1, 4, 2),
        Shape(3, 33, 10, 13, 16, 0, 0, 4, 2),
        Shape(2, 20, 7, 27, 70, 3, 2, 4, 2),
        Shape(1, 16, 5, 130, 16, 1, 0, 4, 2),
        Shape(9, 64, 8, 8, 40, 1, 1, 4, 2),
        Shape(1, 24, 2, 1, 16, 3, 2, 4, 2),
        Shape(5, 130, 20, 20, 36, 1, 2, 4, 2));

    public static WinogradFilter Filter(float* w, in Conv2dShape s, bool turned) => new()
    {
        Weights = w,
        Rows = turned ? s.C : s.K,
        Channels = turned ? s.K : s.C,
        RowStep = (turned ? 1 : s.C) * s.R * s.S,
        ChannelStep = (turned ? s.C : 1) * s.R * s.S,
        Turned = turned,
    };

    public static WinogradSource Input(float* x, in Conv2dShape s) =>
        Source(x, s.N, s.C, s.H, s.W, s.PadH, s.PadW);

    public static WinogradSource Grad(float* gy, in Conv2dShape s, int padH, int padW) =>
        Source(gy, s.N, s.K, s.OutH, s.OutW, padH, padW);

    public static WinogradTarget Target(
        float* y, float* bias, int channels, int height, int width) =>
        new()
        {
            Images = y,
            Channels = channels,
            Height = height,
            Width = width,
            Epilogue = new() { Bias = bias },
        };

    /// <summary>Runs a check for every register width of this machine.</summary>
    public static void EveryWidth(Action narrow, Action medium, Action wide)
    {
        narrow();
        if (ConvVectors.IsSupported<ConvVector256>())
        {
            medium();
        }
        if (ConvVectors.IsSupported<ConvVector512>())
        {
            wide();
        }
    }

    /// <summary>Fails unless the L2 distance is below the algorithm's bound of 2.5e-6, which
    /// docs/training.md states.</summary>
    public static void AssertClose(double[] expected, float[] actual, string what)
    {
        var (difference, size) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(float.IsFinite(actual[i]), $"{what}[{i}] is {actual[i]}");
            difference += Math.Pow(expected[i] - actual[i], 2);
            size += Math.Pow(expected[i], 2);
        }
        var error = Math.Sqrt(difference / size);
        Assert.True(error <= 2.5e-6, $"{what}: relative L2 error {error:e2}");
    }

    private static Conv2dShape Shape(
        int n, int c, int h, int w, int k, int padH, int padW, int taps = 3, int stride = 1) =>
        new(n, c, h, w, k, taps, taps, stride, stride, padH, padW, 1, 1, 1);

    private static WinogradSource Source(
        float* images, int n, int channels, int height, int width, int padH, int padW) => new()
        {
            Images = images,
            End = images + (n * channels * height * width),
            Channels = channels,
            Height = height,
            Width = width,
            PadH = padH,
            PadW = padW,
        };
}
