using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed class WinogradTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;
    private readonly bool _strict = Numerics.Strict;

    public static TheoryData<Conv2dShape> Shapes => new(
        Shape(4, 64, 16, 16, 64),
        Shape(2, 48, 30, 30, 40),
        Shape(24, 20, 9, 10, 33),
        Shape(33, 64, 6, 6, 70),
        Shape(40, 40, 3, 9, 33),
        Shape(1, 256, 14, 14, 256),
        Shape(8, 224, 7, 7, 192),
        Shape(2, 512, 8, 8, 64),
        Shape(2, 512, 7, 7, 512),
        Shape(4, 32, 14, 14, 48, 5),
        Shape(3, 33, 9, 12, 40, 5),
        Shape(1, 224, 13, 13, 200, 5),
        Shape(5, 192, 10, 11, 64, 5),
        Shape(4, 32, 32, 32, 48, 4),
        Shape(3, 60, 36, 30, 50, 4),
        Shape(1, 256, 32, 32, 270, 4),
        Shape(2, 64, 64, 64, 48, 4));

    public void Dispose()
    {
        WorkerTeam.Threads = _threads;
        Numerics.Strict = _strict;
    }

    /// <summary>The bound that docs/training.md states, against float64.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void TheErrorStaysBelowItsBound(Conv2dShape shape)
    {
        Assert.True(Winograd.SuitsForward(shape) && Winograd.SuitsTransposed(shape));
        var sample = new Conv2dCase(shape);
        var (y, gx, gw, _) = sample.Reference();
        Numerics.Strict = false;
        WinogradCases.AssertClose(y, sample.Forward(), "y");
        WinogradCases.AssertClose(gx, sample.BackwardData(), "gx");
        WinogradCases.AssertClose(gw, sample.BackwardWeights(), "gw");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void StrictConvolutionsAreTheDirectSums(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        Numerics.Strict = false;
        var fast = sample.Forward();
        Numerics.Strict = true;
        var strict = sample.Forward();
        Conv2dCase.AssertClose(sample.Reference().Y, strict, "y");
        Assert.NotEqual(fast, strict);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ResultsDoNotDependOnTheNumberOfThreads(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        var first = Run(1);
        for (var threads = 2; threads <= 3; threads++)
        {
            var again = Run(threads);
            for (var i = 0; i < first.Length; i++)
            {
                Assert.True(Conv2dCase.Bits(first[i]).SequenceEqual(Conv2dCase.Bits(again[i])));
            }
        }

        float[][] Run(int threads)
        {
            WorkerTeam.Threads = threads;
            return [sample.Forward(), sample.BackwardData(), sample.BackwardWeights()];
        }
    }

    [Fact]
    public void FourByFourWithStrideTwoSuits()
    {
        var good = Shape(8, 64, 32, 32, 64, 4);
        Assert.True(
            Winograd.SuitsForward(good) && Winograd.SuitsTransposed(good)
            && Winograd.SuitsWeights(good));
        Assert.False(Winograd.Suits(good));
        Assert.False(Winograd.SuitsChannelsLast<F32x4>(good));
        Assert.True(Winograd.SuitsForward(good with { PadH = 0, PadW = 3, W = 31 }));
        Assert.True(Winograd.SuitsForward(good with { C = 256, H = 8, W = 8, N = 32 }));
        Assert.True(Winograd.SuitsForward(good with { C = 256, K = 256, N = 1 }));
        Assert.False(Winograd.SuitsTransposed(good with { PadH = 0 }));
        Assert.False(Winograd.SuitsTransposed(good with { PadW = 3 }));
        Assert.False(Winograd.SuitsTransposed(good with { W = 33 }));
        Assert.False(Winograd.SuitsTransposed(good with { C = 48 }));
        Assert.False(Winograd.SuitsTransposed(good with { K = 47 }));
        Assert.False(Winograd.SuitsTransposed(good with { H = 16, W = 16 }));
        Assert.False(Winograd.SuitsForward(good with { PadH = 4 }));
        Assert.False(Winograd.SuitsForward(good with { C = 15 }));
        Assert.False(Winograd.SuitsForward(good with { K = 15 }));
        Assert.False(Winograd.SuitsForward(good with { R = 3 }));
        Assert.False(Winograd.SuitsForward(good with { S = 5 }));
        Assert.False(Winograd.SuitsForward(good with { StrideW = 1 }));
        Assert.False(Winograd.SuitsForward(good with { StrideH = 3 }));
        Assert.False(Winograd.SuitsForward(good with { DilationH = 2 }));
        Assert.False(Winograd.SuitsForward(good with { Groups = 2 }));
        Assert.False(Winograd.SuitsForward(good with { N = 0 }));
        Assert.False(Winograd.SuitsForward(good with { N = 1 }));
        Assert.False(Winograd.SuitsForward(good with { N = 40, H = 4, W = 4 }));
        Assert.False(Winograd.SuitsForward(good with { C = 32, H = 8, W = 8, N = 32 }));
        Assert.False(Winograd.SuitsWeights(good with { N = 1 }));
    }

    [Fact]
    public void OnlyThreeByThreeAndFiveByFiveWithStrideOneSuit()
    {
        var good = Shape(8, 32, 16, 16, 32);
        Assert.True(Winograd.Suits(good));
        var five = good with { R = 5, S = 5, PadH = 2, PadW = 2 };
        Assert.True(Winograd.Suits(five));
        Assert.True(Winograd.Suits(five with { PadH = 4, PadW = 0 }));
        Assert.False(Winograd.Suits(five with { PadH = 5 }));
        Assert.False(Winograd.Suits(five with { C = 31 }));
        Assert.False(Winograd.Suits(five with { K = 31 }));
        Assert.False(Winograd.Suits(five with { H = 5, W = 5 }));
        Assert.False(Winograd.Suits(good with { R = 5 }));
        Assert.False(Winograd.Suits(good with { R = 7, S = 7 }));
        Assert.False(Winograd.Suits(good with { S = 1 }));
        Assert.False(Winograd.Suits(good with { StrideH = 2 }));
        Assert.False(Winograd.Suits(good with { DilationW = 2 }));
        Assert.False(Winograd.Suits(good with { Groups = 2 }));
        Assert.False(Winograd.Suits(good with { PadH = 3 }));
        Assert.False(Winograd.Suits(good with { C = 3 }));
        Assert.False(Winograd.Suits(good with { K = 8 }));
        Assert.False(Winograd.Suits(good with { N = 0 }));
        Assert.False(Winograd.Suits(good with { H = 0, PadH = 0 }));
        Assert.False(Winograd.Suits(good with { W = 2, PadW = 0 }));
        Assert.False(Winograd.Suits(good with { N = 1, H = 4, W = 4 }));
        Assert.False(Winograd.SuitsWeights(good with { N = 1 }));

        // Of 2 × 2 pixels most taps see padding, which the direct sums leave out.
        Assert.True(Winograd.SuitsWeights(good with { N = 40, H = 3, W = 3 }));
        Assert.False(Winograd.SuitsWeights(good with { N = 40, H = 2, W = 2 }));
    }

    [Fact]
    public void AWarmCallAllocatesNothing()
    {
        WorkerTeam.Threads = 2;
        var sample = new Conv2dCase(Shape(4, 32, 16, 16, 32));
        var y = sample.Gy.ToArray();
        var gw = sample.W.ToArray();
        var gx = sample.X.ToArray();
        Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            Step();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        unsafe void Step()
        {
            fixed (float* x = sample.X, w = sample.W, gy = sample.Gy)
            fixed (float* toY = y, toX = gx, toW = gw)
            {
                Winograd.Forward(x, w, toY, sample.Shape, default);
                Winograd.Transposed(gy, w, toX, sample.Shape, default);
                Winograd.BackwardWeights(x, gy, toW, sample.Shape);
            }
        }
    }

    private static Conv2dShape Shape(int n, int c, int h, int w, int k, int taps = 3) =>
        taps == 4
            ? new(n, c, h, w, k, taps, taps, 2, 2, 1, 1, 1, 1, 1)
            : new(n, c, h, w, k, taps, taps, 1, 1, taps / 2, taps / 2, 1, 1, 1);
}
