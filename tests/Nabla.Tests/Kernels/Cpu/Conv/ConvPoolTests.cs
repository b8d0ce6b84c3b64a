using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>
/// <see cref="ConvPool{V}"/> and <see cref="ConvPoolGrad{V}"/>, with the
/// <see cref="ConvPoolShape"/> and <see cref="ConvPoolInput"/> that they take.
/// </summary>
[Collection(nameof(WorkerTeam))]
public sealed class ConvPoolTests
{
    public static TheoryData<Conv2dShape, int, int, int> Shapes => new()
    {
        //   N   C   H   W   K  R  S  stride pad  dilation groups, window, divisor
        { new(40, 1, 28, 28, 6, 5, 5, 1, 1, 2, 2, 1, 1, 1), 2, 2, 4 },
        { new(33, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1, 1), 2, 2, 4 },
        { new(24, 1, 30, 30, 6, 5, 5, 1, 1, 2, 2, 1, 1, 1), 2, 2, 4 },
        { new(3, 2, 9, 11, 5, 3, 3, 1, 1, 1, 1, 1, 1, 1), 2, 2, 4 },
        { new(17, 3, 13, 8, 9, 7, 7, 1, 1, 3, 3, 1, 1, 1), 3, 2, 6 },
        { new(5, 4, 7, 9, 17, 3, 2, 1, 1, 2, 1, 1, 1, 1), 2, 3, 3 },
        { new(20, 2, 10, 12, 7, 3, 3, 1, 1, 1, 2, 2, 2, 1), 1, 5, 5 },
        { new(16, 5, 4, 3, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1), 4, 3, 12 },
        { new(18, 1, 6, 5, 2, 3, 5, 1, 1, 0, 0, 1, 1, 1), 1, 1, 1 },
        { new(9, 12, 6, 6, 24, 5, 5, 1, 1, 2, 2, 1, 1, 1), 2, 2, 4 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryRegisterWidthComputesTheDefinition(
        Conv2dShape conv, int poolH, int poolW, int divisor)
    {
        var sample = new ConvPoolCase(new(conv, poolH, poolW, divisor), ConvPoolChain.Sigmoid);
        sample.Check<ConvVector128>();
        sample.Check<ConvVector256>();
        sample.Check<ConvVector512>();
    }

    [Fact]
    public void ChainsReadSumsAndConstants()
    {
        foreach (var chain in new[] { ConvPoolChain.Square, ConvPoolChain.Triple })
        {
            var sample = new ConvPoolCase(
                new(new(19, 2, 9, 10, 5, 3, 3, 1, 1, 1, 1, 1, 1, 1), 2, 2, 4), chain);
            sample.Check<ConvVector128>();
            sample.Check<ConvVector256>();
            sample.Check<ConvVector512>();
        }
    }

    [Fact]
    public void LanesWithoutAnImageAddNothing()
    {
        var sample = new ConvPoolCase(
            new(new(3, 2, 6, 6, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1), 2, 2, 4), ConvPoolChain.Quotient);
        sample.Check<ConvVector128>();
        sample.Check<ConvVector256>();
        sample.Check<ConvVector512>();
    }

    [Fact]
    public void NaNSpreadsAsFarAsTheDefinitionSays()
    {
        var shape = new ConvPoolShape(
            new(17, 2, 8, 8, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1), 2, 2, 4);
        var sample = new ConvPoolCase(shape, ConvPoolChain.Sigmoid);
        sample.X[(2 * 2 * 64) + 20] = float.NaN;
        var (y, gx, gw, gb) = sample.Reference();
        double[] expected = [.. y, .. gx];
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (ConvVectors.IsSupported<V>())
            {
                var actual = sample.Run<V>();
                Assert.Equal(
                    expected.Select(double.IsNaN),
                    actual.Take(expected.Length).Select(float.IsNaN));
                Assert.All(gw.Concat(gb).Zip(actual.Skip(expected.Length)),
                    pair => Assert.True(!double.IsNaN(pair.First) || float.IsNaN(pair.Second)));
            }
        }
    }

    [Fact]
    public void OnlySmallLayersOfStrideOneAndManyImagesSuit()
    {
        var conv = new Conv2dShape(32, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1, 1);
        Assert.True(Suits(conv));
        Assert.False(Suits(conv with { N = 3 }));
        Assert.False(Suits(conv with { StrideW = 2 }));
        Assert.False(Suits(conv with { Groups = 2 }));
        Assert.False(Suits(conv with { PadH = 5 }));
        Assert.False(Suits(conv with { H = 1400 }));
        Assert.False(Suits(conv with { H = 5, R = 5 }));
        Assert.False(Suits(conv with { C = 64, K = 64, R = 3, S = 3 }));

        static bool Suits(Conv2dShape conv) =>
            ConvPoolKernels.Suits(new ConvPoolShape(conv, 2, 2, 4));
    }

    [Fact]
    public void UnitsAreDealtOutToChunksWithoutGaps()
    {
        var conv = new Conv2dShape(1001, 1, 8, 8, 2, 3, 3, 1, 1, 0, 0, 1, 1, 1);
        var plan = ConvPoolPlan.Of(new ConvPoolShape(conv, 2, 2, 4), 16);
        var (next, images) = (0, 0);
        for (var chunk = 0; chunk < plan.Chunks; chunk++)
        {
            var (first, end) = plan.UnitsOf(chunk);
            Assert.Equal(next, first);
            for (next = first; next < end; next++)
            {
                images += plan.ImagesOf(next);
            }
        }

        Assert.Equal((63, 1001), (next, images));
        Assert.Equal(0, plan.BandRows(6, 6, 2) % 2);
    }
}
