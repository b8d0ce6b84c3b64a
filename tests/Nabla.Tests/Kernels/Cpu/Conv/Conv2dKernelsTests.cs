using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class Conv2dKernelsTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    public static TheoryData<Conv2dShape> Shapes => new(
        //   N   C   H   W   K  R  S  stride  pad  dilation groups
        new(2, 3, 9, 11, 5, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 1, 5, 5, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(0, 3, 9, 11, 5, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(256, 1, 28, 28, 6, 5, 5, 1, 1, 2, 2, 1, 1, 1),
        new(40, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1, 1),
        new(33, 4, 8, 8, 13, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(16, 7, 3, 3, 9, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(17, 2, 2, 1, 3, 2, 1, 1, 1, 3, 2, 1, 1, 1),
        new(19, 4, 7, 6, 8, 3, 2, 1, 1, 2, 0, 2, 1, 2),
        new(20, 3, 6, 6, 4, 1, 1, 1, 1, 2, 3, 1, 1, 1),
        new(18, 2, 5, 5, 3, 5, 5, 1, 1, 0, 0, 1, 1, 1),
        new(3, 8, 7, 7, 24, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(2, 16, 13, 17, 32, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(2, 5, 13, 17, 14, 1, 1, 2, 2, 0, 0, 1, 1, 1),
        new(2, 3, 21, 23, 7, 7, 7, 2, 2, 3, 3, 1, 1, 1),
        new(17, 3, 12, 12, 7, 3, 3, 2, 2, 1, 1, 1, 1, 1),
        new(2, 4, 15, 10, 6, 3, 4, 2, 3, 1, 2, 1, 2, 2),
        new(2, 4, 15, 10, 6, 2, 3, 3, 1, 0, 1, 2, 2, 1),
        new(2, 3, 12, 12, 11, 4, 4, 4, 4, 0, 0, 1, 1, 1),
        new(2, 3, 11, 12, 4, 2, 2, 3, 3, 0, 0, 1, 1, 1),
        new(1, 2, 9, 9, 2, 3, 3, 1, 1, 4, 5, 1, 1, 1),
        new(2, 2, 9, 9, 3, 3, 3, 1, 1, 3, 3, 2, 2, 1),
        new(2, 2, 3, 4, 3, 2, 2, 3, 2, 3, 3, 2, 3, 1),
        new(2, 2, 4, 5, 3, 4, 5, 1, 1, 0, 0, 1, 1, 1),
        new(3, 12, 10, 9, 12, 3, 3, 1, 1, 1, 1, 1, 1, 12),
        new(17, 6, 10, 9, 12, 3, 3, 1, 1, 1, 1, 1, 1, 6),
        new(3, 6, 10, 9, 12, 5, 3, 2, 2, 2, 1, 1, 1, 6),
        new(1, 40, 6, 5, 200, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 200, 6, 5, 40, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(2, 40, 60, 58, 9, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 44, 90, 61, 3, 3, 2, 2, 3, 1, 1, 1, 1, 1),
        new(5, 64, 9, 8, 12, 3, 2, 2, 1, 1, 0, 2, 1, 2),
        new(9, 32, 4, 4, 7, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(1, 2, 70, 90, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 2, 3, 600, 3, 3, 11, 1, 1, 1, 5, 1, 1, 1),
        new(1, 3, 4, 4, 2, 9, 9, 1, 1, 3, 3, 1, 1, 1),
        new(7, 20, 9, 8, 37, 3, 3, 2, 2, 1, 1, 1, 1, 1),
        new(33, 40, 6, 6, 50, 3, 3, 2, 2, 1, 1, 1, 1, 1),
        new(15, 33, 7, 10, 13, 1, 1, 2, 3, 0, 0, 1, 1, 1),
        new(6, 12, 5, 4, 12, 2, 3, 1, 2, 3, 2, 2, 1, 1),
        new(29, 16, 3, 3, 64, 5, 5, 1, 1, 2, 2, 1, 1, 1),
        new(8, 70, 11, 3, 34, 3, 3, 3, 1, 0, 1, 1, 2, 1));

    /// <summary>A size of 0 each, with channels for every algorithm.</summary>
    public static TheoryData<Conv2dShape> EmptyShapes
    {
        get
        {
            var data = new TheoryData<Conv2dShape>();
            foreach (var c in new[] { 3, 32 })
            {
                foreach (var n in new[] { 2, 33 })
                {
                    var shape = new Conv2dShape(n, c, 9, 11, c, 3, 3, 1, 1, 0, 0, 1, 1, 1);
                    data.Add(shape with { N = 0 });
                    data.Add(shape with { H = 2 });
                    data.Add(shape with { W = 2 });
                    data.Add(shape with { H = 1, W = 1 });
                    data.Add(shape with { H = 0 });
                    data.Add(shape with { W = 0 });
                    data.Add(shape with { H = 0, W = 0 });
                    data.Add(shape with { W = 0, PadH = 1, PadW = 1 });
                    data.Add(shape with { H = 0, PadH = 2, PadW = 2 });
                    data.Add(shape with { W = 1, StrideH = 2, StrideW = 2 });
                    data.Add(shape with { C = 0 });
                    data.Add(shape with { K = 0 });
                    data.Add(shape with { H = 8, W = 8, C = 0, K = 0, R = 1, S = 1 });
                }
            }

            return data;
        }
    }

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardIsTheDefinition(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        Conv2dCase.AssertClose(sample.Reference().Y, sample.Forward(), "y");
        Conv2dCase.AssertClose(sample.Reference(false).Y, sample.Forward(false), "y, no bias");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GradientsAreTheDefinitions(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        var (_, gx, gw, gb) = sample.Reference();
        Conv2dCase.AssertClose(gx, sample.BackwardData(), "gx");
        Conv2dCase.AssertClose(gw, sample.BackwardWeights(), "gw");
        Conv2dCase.AssertClose(gb, sample.BackwardBias(), "gb");
    }

    [Theory]
    [MemberData(nameof(EmptyShapes))]
    public void SumsOfNothingAreZeroAndSizesOfZeroAreNoFault(Conv2dShape shape)
    {
        ForwardIsTheDefinition(shape);
        GradientsAreTheDefinitions(shape);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TransposedItIsTheGradientForTheInputAndABias(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        Conv2dCase.AssertClose(
            sample.WithInputBias(sample.Reference().Gx), sample.Transposed(), "y");
    }

    [Fact]
    public void TransposedTheFastAlgorithmAddsTheBiasToo()
    {
        var shape = new Conv2dShape(3, 17, 9, 8, 19, 3, 3, 1, 1, 1, 1, 1, 1, 1);
        Assert.True(Winograd.Suits(in shape));
        var sample = new Conv2dCase(shape);
        Conv2dCase.AssertClose(
            sample.WithInputBias(sample.Reference().Gx), sample.Transposed(), "y");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GradientsAreAdjointToForward(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 5);
        var y = sample.Forward(hasBias: false);
        var forward = Conv2dCase.Dot(y, sample.Gy);
        var size = Conv2dCase.Dot(y, y) * Conv2dCase.Dot(sample.Gy, sample.Gy);
        var tolerance = 1e-6 * (1 + Math.Sqrt(size));
        Assert.Equal(forward, Conv2dCase.Dot(sample.X, sample.BackwardData()), tolerance);
        Assert.Equal(forward, Conv2dCase.Dot(sample.W, sample.BackwardWeights()), tolerance);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ResultsDoNotDependOnTheNumberOfThreads(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        var first = Run(1);
        foreach (var threads in new[] { 2, 3, 64 })
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
            return
            [
                sample.Forward(), sample.BackwardData(), sample.BackwardWeights(),
                sample.BackwardBias(),
            ];
        }
    }

    [Fact]
    public void AWarmCallAllocatesNothing()
    {
        WorkerTeam.Threads = 2;
        var sample = new Conv2dCase(new(32, 3, 14, 14, 8, 3, 3, 1, 1, 1, 1, 1, 1, 1));
        fixed (float* x = sample.X, w = sample.W, gy = sample.Gy)
        {
            Step(x, w, gy, sample.Shape);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++)
            {
                Step(x, w, gy, sample.Shape);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        static void Step(float* x, float* w, float* gy, Conv2dShape shape)
        {
            using var gw = Scratch.Rent<float>((nint)shape.WeightCount);
            using var gx = Scratch.Rent<float>(shape.N * shape.C * shape.H * shape.W);
            using var y = Scratch.Rent<float>(shape.N * shape.K * shape.OutH * shape.OutW);
            Conv2dKernels.Forward(x, w, null, (float*)y.Pointer, shape);
            Conv2dKernels.BackwardData(gy, w, (float*)gx.Pointer, shape);
            Conv2dKernels.BackwardWeights(x, gy, (float*)gw.Pointer, shape);
        }
    }
}
